import { Failure, sendMessage, sendPress, suggestionsFor } from './api.js';
import { Composer } from './composer.js';
import { Connection } from './connection.js';
import { Events } from './events.js';
import { Conversation, learnerId, nameOf, newId } from './memory.js';
import { drawBot, drawGreeting, drawMine, drawTrouble } from './message.js';
import { watchName, watchTheme } from './settings.js';

/**
 * @typedef {import('../api.js').Answer} Answer
 * @typedef {import('./api.js').Press} Press
 * @typedef {import('../events.js').Told} Told
 * @typedef {import('./memory.js').Entry} Entry
 * @typedef {import('./memory.js').Mine} Mine
 * @typedef {import('./memory.js').Answered} Answered
 */

/** Controls drawn in the place of pressed ones take no press for this long: the second half of a double click. */
const SETTLE_MS = 400;
/** Who has scrolled up further than this is reading, and is not taken away from it. */
const NEAR_END_PX = 80;

const command = document.documentElement.dataset.command ?? 'eks';
const learner = learnerId();
const speaker = { user: learner, name: nameOf(learner) };
const conversation = new Conversation(learner);
const log = /** @type {HTMLElement} */ (document.getElementById('log'));
const connection = new Connection(/** @type {HTMLElement} */ (document.getElementById('state')));
/** @type {Map<string, HTMLElement>} */
const drawn = new Map();
/** Ids of what this window has sent: it gets the answers to these anyway. @type {Set<string>} */
const own = new Set();
/** Messages and presses go out one after the other, so that answers come in the order asked. @type {Promise<void>} */
let line = Promise.resolve();

const sent = conversation.entries.flatMap((entry) => (entry.kind === 'mine' ? [entry.text] : []));
const composer = new Composer(() => speaker, say, sent);

start();

function start() {
  watchTheme(/** @type {HTMLButtonElement} */ (document.getElementById('theme')));
  watchName(speaker);
  addEventListener('hashchange', () => location.reload());
  addEventListener('keydown', keyAnywhere);
  if (conversation.entries.length === 0) greet();
  for (const entry of conversation.entries) log.append(draw(entry));
  scrollToEnd();
  composer.focus();
  connection.ask();
  new Events(learner, hear);
}

/** Shows a first-time learner what to try, with a concept that these notes really have. */
async function greet() {
  const slot = drawGreeting([], say);
  log.append(slot);
  const [asked] = await suggestionsFor(speaker, `/${command} explain etcd`);
  const [first] = asked ? [asked] : await suggestionsFor(speaker, `/${command} explain `);
  const explain = first ? [first.text.trim()] : [];
  const examples = [...explain, `/${command} quiz`, `/${command} review`, `/${command} help`];
  slot.replaceWith(drawGreeting(examples, say));
}

/** @param {Entry} entry */
function draw(entry) {
  const node =
    entry.kind === 'mine'
      ? drawMine(entry, speaker.name, () => sayAgain(entry))
      : drawBot(entry, (press) => pressOnce(entry, press));
  drawn.set(entry.id, node);
  return node;
}

/** @param {Entry} entry */
function redraw(entry) {
  const before = drawn.get(entry.id);
  const node = draw(entry);
  before?.replaceWith(node);
  return node;
}

/** @param {string} text */
function say(text) {
  /** @type {Mine} */
  const entry = { kind: 'mine', id: newId(), text, at: Date.now(), state: 'sending' };
  show(entry);
  deliver(entry);
}

/** The same message again under its first id: if only the answer was lost, it does not count twice. @param {Mine} entry */
function sayAgain(entry) {
  conversation.remove(entry);
  drawn.get(entry.id)?.remove();
  const again = { ...entry, at: Date.now(), state: /** @type {const} */ ('sending') };
  show(again);
  deliver(again);
}

/** @param {Mine} entry */
function deliver(entry) {
  line = line.then(async () => {
    try {
      own.add(entry.id);
      const answer = await sendMessage(speaker, entry.id, entry.text);
      connection.here();
      settle(entry, 'sent');
      receive(answer);
    } catch (error) {
      const { message, retry } = failureOf(error);
      entry.error = message;
      entry.final = !retry;
      settle(entry, 'failed');
    }
  });
}

/** @param {Mine} entry @param {Mine['state']} state */
function settle(entry, state) {
  entry.state = state;
  conversation.save();
  redraw(entry);
  scrollToEnd();
}

/** @param {Answered} entry @param {Press} press @param {string} [id] */
function pressOnce(entry, press, id = newId()) {
  const node = drawn.get(entry.id);
  if (node === undefined || node.dataset.busy === 'yes') return;
  const focused = node.contains(document.activeElement);
  setBusy(node, true);
  node.querySelector('.trouble')?.remove();
  line = line.then(async () => {
    try {
      own.add(id);
      const answer = await sendPress(speaker, id, press);
      connection.here();
      receive(answer, entry, focused);
      setTimeout(() => setBusy(node, false), SETTLE_MS);
    } catch (error) {
      setBusy(node, false);
      const { message, retry } = failureOf(error);
      node
        .querySelector('.body')
        ?.append(drawTrouble(message, retry ? () => pressOnce(entry, press, id) : undefined));
    }
  });
}

/** @param {HTMLElement} node @param {boolean} busy */
function setBusy(node, busy) {
  node.dataset.busy = busy ? 'yes' : 'no';
  node.setAttribute('aria-busy', String(busy));
}

/** @param {unknown} error */
function failureOf(error) {
  const failure =
    error instanceof Failure ? error : new Failure('The answer could not be shown.', false, true);
  if (failure.away) connection.away();
  return failure;
}

/** Puts answers into the conversation; one that `replaces` takes the pressed message's place. @param {Answer} answer @param {Answered} [pressed] @param {boolean} [focused] */
function receive({ replies, drawn: drawings }, pressed, focused = false) {
  let place = pressed;
  for (const [at, reply] of replies.entries()) {
    const drawing = drawings[at];
    if (drawing === undefined) continue;
    /** @type {Answered} */
    const entry = { kind: 'bot', id: newId(), reply, drawn: drawing, at: Date.now() };
    const node = reply.replaces && place && mayReplace(place, reply) ? putInPlace(place, entry) : show(entry);
    place = undefined;
    const field = node.querySelector('.form summary, .form input, .form textarea, .form select');
    if (field instanceof HTMLElement) field.focus();
    else if (focused && reply.replaces) node.focus({ preventScroll: true });
  }
}

/**
 * What is for one person never takes the place of what all can see, nor anything that of what has gone meanwhile.
 * @param {Answered} place @param {Answered['reply']} reply
 */
function mayReplace(place, reply) {
  return drawn.has(place.id) && (place.shared === undefined || reply.visibility === 'public');
}

/** Shows what the bot says to all in the channel; an edit takes the place of what it edits. @param {Told} told */
function hear({ message, answers, reply, drawn: drawing, at, by }) {
  if (answers !== undefined && own.has(answers)) return;
  /** @type {Answered} */
  const entry = { kind: 'bot', id: newId(), shared: message, reply, drawn: drawing, at, ...(by && { by }) };
  const before = conversation.entries.find((one) => one.kind === 'bot' && one.shared === message);
  if (before?.kind !== 'bot') {
    const reading = log.scrollHeight - log.scrollTop - log.clientHeight > NEAR_END_PX;
    show(entry, !reading);
  } else if (JSON.stringify(before.reply) !== JSON.stringify(reply)) {
    putInPlace(before, entry, false);
  }
}

/** @param {Answered} before @param {Answered} after @param {boolean} [follow] */
function putInPlace(before, after, follow = true) {
  // The message may be edited later, whatever stands in its place.
  if (before.shared !== undefined) after.shared = before.shared;
  conversation.replace(before, after);
  const old = drawn.get(before.id);
  drawn.delete(before.id);
  const node = draw(after);
  setBusy(node, true);
  setTimeout(() => setBusy(node, false), SETTLE_MS);
  old?.replaceWith(node);
  if (follow) node.scrollIntoView({ block: node.offsetHeight > log.clientHeight ? 'start' : 'nearest' });
  return node;
}

/** @param {Entry} entry @param {boolean} [follow] */
function show(entry, follow = true) {
  conversation.add(entry);
  const node = draw(entry);
  log.append(node);
  if (!follow) return node;
  scrollToEnd();
  // An answer longer than the window is read from its beginning.
  if (node.offsetHeight > log.clientHeight) node.scrollIntoView({ block: 'start' });
  return node;
}

function scrollToEnd() {
  log.scrollTop = log.scrollHeight;
}

/**
 * Within a message the keys 1 to 9 press its buttons, so that a review needs no mouse; letters and the slash begin
 * a new message wherever the focus is.
 * @param {KeyboardEvent} event
 */
function keyAnywhere(event) {
  const target = event.target instanceof Element ? event.target : null;
  const isButton = target?.matches('button') === true;
  // A key held down repeats; it must not run through the buttons of one answer after the other.
  if (event.repeat && isButton) return event.preventDefault();
  if (event.ctrlKey || event.metaKey || event.altKey || target?.closest('input, textarea, select, dialog'))
    return;
  if (/^[\p{L}/]$/u.test(event.key)) return composer.focus();
  if (!/^[1-9]$/.test(event.key)) return;
  const button = target?.closest('.message')?.querySelectorAll('.card > .actions > .button')[
    Number(event.key) - 1
  ];
  if (button instanceof HTMLButtonElement) button.click();
}
