import type { Act, Acts, Problem, Shown } from './acts.js';
import type { Sent } from './dispatch.js';
import type { StoredFile } from './files.js';
import type { Filled } from './form.js';
import type { StoredMessage } from './messages.js';
import type { OpenView } from './modals.js';
import { findPart, type Part, partsOf, pingsIn, pingsInText, wordsOf } from './parts.js';
import type { Seat } from './seat.js';
import type { Json } from './world.js';

const PRESSED: readonly string[] = ['button'];
const INPUTS: readonly string[] = ['plain_text_input', 'number_input'];

/** A message as a person sees it at this moment. */
export class SeenMessage {
  readonly stored: StoredMessage;

  constructor(stored: StoredMessage) {
    this.stored = stored;
  }

  get ts(): string {
    return this.stored.ts;
  }

  get threadTs(): string | undefined {
    return this.stored.threadTs;
  }

  /** The `text` of the message, which notifications and screen readers show. */
  get fallback(): string {
    return this.stored.text;
  }

  get blocks(): readonly Json[] {
    return this.stored.blocks;
  }

  get metadata(): Json | undefined {
    return this.stored.metadata;
  }

  get files(): readonly StoredFile[] {
    return this.stored.files;
  }

  get ephemeral(): boolean {
    return this.stored.ephemeralTo !== undefined;
  }

  get deleted(): boolean {
    return this.stored.deleted;
  }

  /** Whom it calls, such as '<@U1>' or '<!here>'. */
  get pings(): readonly string[] {
    return [...pingsInText(this.stored.text), ...pingsIn(this.stored.blocks)];
  }

  get parts(): readonly Part[] {
    return partsOf(this.stored.blocks);
  }

  /** The labels of its buttons. */
  get buttons(): readonly string[] {
    return this.parts.filter(({ type }) => PRESSED.includes(type)).map(({ label }) => label);
  }

  /** The placeholders of its selects. */
  get selects(): readonly string[] {
    return this.parts.filter(({ type }) => !PRESSED.includes(type)).map(({ label }) => label);
  }

  /** All words that a person reads: those of the blocks, and the text where there are none. */
  get text(): string {
    return this.stored.blocks.length > 0 ? wordsOf(this.stored.blocks) : this.stored.text;
  }
}

/** A modal or a home page as a person sees it at this moment. */
export class SeenView {
  readonly stored: OpenView;

  constructor(stored: OpenView) {
    this.stored = stored;
  }

  get title(): string {
    return this.stored.body.title?.text ?? '';
  }

  get submit(): string {
    return this.stored.body.submit?.text ?? '';
  }

  get blocks(): readonly Json[] {
    return this.stored.body.blocks;
  }

  get open(): boolean {
    return this.stored.open;
  }

  get parts(): readonly Part[] {
    return partsOf(this.blocks);
  }

  get buttons(): readonly string[] {
    return this.parts.filter(({ type }) => PRESSED.includes(type)).map(({ label }) => label);
  }

  /** The labels of what can be filled in. */
  get inputs(): readonly string[] {
    return partsOf(this.blocks.filter(({ type }) => type === 'input')).map(({ label }) => label);
  }

  /** What stands in its text inputs at first, by label. */
  get values(): Readonly<Record<string, string>> {
    const typed = this.parts.filter(({ type }) => INPUTS.includes(type));
    return Object.fromEntries(typed.map(({ label, initial_value = '' }) => [label, initial_value]));
  }

  get text(): string {
    return wordsOf(this.blocks);
  }
}

/** What came of something that a person did, and what they can do next. */
export class Seen {
  readonly act: Act;
  readonly #seat: Seat;
  readonly #acts: Acts;
  readonly #sent: Sent;

  constructor(act: Act, sent: Sent, seat: Seat, acts: Acts) {
    this.act = act;
    this.#sent = sent;
    this.#seat = seat;
    this.#acts = acts;
  }

  /** All that was shown, in order. */
  get shown(): readonly Shown[] {
    return this.act.shown;
  }

  /** Messages that came or changed, each once, without those deleted. */
  get messages(): SeenMessage[] {
    const all = this.shown.flatMap((shown) => ('message' in shown ? [shown.message] : []));
    return [...new Set(all)].filter(({ deleted }) => !deleted).map((message) => new SeenMessage(message));
  }

  /** The last message that came or changed; throws where there is none. */
  get message(): SeenMessage {
    const last = this.shown.findLast((shown) => 'message' in shown);
    if (last && 'message' in last) return new SeenMessage(last.message);
    throw new Error(`no message was shown, but: ${this.shown.map(({ how }) => how).join(', ') || 'nothing'}`);
  }

  /** How the last thing was shown: posted, updated, as a modal, … */
  get how(): Shown['how'] | undefined {
    return this.shown.at(-1)?.how;
  }

  /** The form that was opened or changed; throws where there is none. */
  get modal(): SeenView {
    return this.#view('modal');
  }

  /** The home page that was published; throws where there is none. */
  get home(): SeenView {
    return this.#view('home');
  }

  /** What Slack shows where the bot did not answer: 'operation_timeout' and its like. */
  get problem(): Problem | undefined {
    return this.shown.flatMap((shown) => (shown.how === 'problem' ? [shown.problem] : []))[0];
  }

  /** What the form says is wrong, by block id. */
  get errors(): Readonly<Record<string, string>> | undefined {
    return this.shown.flatMap((shown) => (shown.how === 'errors' ? [shown.errors] : [])).at(-1);
  }

  /** How long the bot took to acknowledge, in milliseconds; undefined where it did not. */
  get acknowledgedAfter(): number | undefined {
    return this.act.acknowledgedAfter;
  }

  /** Presses a button of what was shown, by its label or action id. */
  presses(button: string): Promise<Seen> {
    return this.#seat.presses(this.#placeOf(button), button);
  }

  /** Chooses in a select of what was shown, by options' labels or values. */
  chooses(select: string, ...options: readonly string[]): Promise<Seen> {
    return this.#seat.chooses(this.#placeOf(select), select, options);
  }

  /** Fills in the open form and sends it. What is not named keeps what the form had. */
  submits(values: Filled): Promise<Seen> {
    return this.#seat.submits(this.modal, values);
  }

  /** Delivers the same again, with the same ids; resolves with what came of the delivery. */
  redelivered(): ReturnType<Seat['redelivers']> {
    return this.#seat.redelivers(this.#sent);
  }

  /** Waits for what comes after the first thing shown, such as a second message. */
  until(test: (seen: Seen) => boolean, limitMs = 5000): Promise<void> {
    const late = () =>
      `not within ${limitMs} ms; seen so far: ${this.messages.map(({ text }) => text).join(' | ')}`;
    return this.#acts.until(this.act, () => test(this), limitMs, late);
  }

  #view(how: 'modal' | 'home'): SeenView {
    const last = this.shown.findLast((shown) => shown.how === how);
    if (last && 'view' in last) return new SeenView(last.view);
    throw new Error(`no ${how} was shown, but: ${this.shown.map((one) => one.how).join(', ') || 'nothing'}`);
  }

  /** Where a part stands: in the last thing shown that has it. */
  #placeOf(what: string): SeenMessage | SeenView {
    const places = this.shown.flatMap((shown): (SeenMessage | SeenView)[] => {
      if ('message' in shown) return [new SeenMessage(shown.message)];
      return 'view' in shown ? [new SeenView(shown.view)] : [];
    });
    const found = places.findLast(({ parts }) => findPart(parts, what) !== undefined);
    if (found) return found;
    const known = places.flatMap(({ parts }) => parts.map(({ label }) => label));
    throw new Error(`there is no ${what}; there are: ${known.join(', ') || 'none'}`);
  }
}
