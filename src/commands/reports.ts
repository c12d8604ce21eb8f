import { z } from 'zod';
import { type Context, defineCommand, outdatedPress, type Pressed } from '../bot/command.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Field, Reply } from '../bot/reply.js';
import { type Card, CardId } from '../notes/model.js';
import { type Report, ReportId } from '../store/store.js';
import { doubted, judge, questionsText } from './judged.js';
import { count, sourceText, span } from './wording.js';

/** Entries on one page: with two buttons each they fit every platform. */
const PAGE = 5;
const Offset = z.coerce.number().int().nonnegative().max(1_000_000);
const View = z.enum(['open', 'retired', 'questions'], 'open, retired or questions');
type View = z.infer<typeof View>;

/** What learners reported and what answers say against; where cards are retired and restored, for one workspace. */
export const reports = defineCommand({
  name: 'reports',
  summary: 'Reported mistakes, questions in doubt, retired cards',
  examples: ['reports', 'reports retired', 'reports questions'],
  admin: true,
  args: z.object({ view: View.default('open').describe('open, retired or questions') }),
  run: (context, { view }) => show(context, view, 0),
  presses: {
    async page(context, { parts: [view, offset] }) {
      const parsed = z.tuple([View, Offset]).safeParse([view, offset]);
      if (!parsed.success) throw outdatedPress(context.typed('reports'));
      return { ...(await show(context, ...parsed.data)), replaces: true };
    },
    async close(context, { parts: [id] }) {
      const closed = await context.store.reports.close(context.origin, reportId(context, id), context.now);
      return after(context, 'open', closed ? 'The report is closed.' : 'The report was closed already.');
    },
    retire: retireReported,
    hide: retire,
    restore,
  },
});

function show(context: Context, view: View, offset: number): Promise<Reply> {
  if (view === 'open') return openReports(context, offset);
  return view === 'retired' ? retiredCards(context, offset) : questions(context, offset);
}

/** The view again, below what was just done. */
async function after(context: Context, view: View, done: string): Promise<Reply> {
  const reply = await show(context, view, 0);
  return { ...reply, text: `${done}\n\n${reply.text}`, replaces: true };
}

/** One thing on a page: what to read, and what can be done about it. */
interface Entry {
  readonly name: string;
  readonly text: string;
  readonly buttons: readonly Button[];
}

function page(
  view: View,
  title: string,
  text: string,
  entries: readonly Entry[],
  offset: number,
  total: number,
) {
  const numbered = (index: number, words: string) => label(`${offset + index + 1} · ${words}`);
  const turn = (words: string, to: number): Button => ({
    label: words,
    press: encodePress('reports', 'page', view, String(to)),
  });
  return {
    title,
    text,
    visibility: 'private' as const,
    fields: entries.map(
      ({ name, text: body }, index): Field => ({ name: numbered(index, name), text: body }),
    ),
    buttons: [
      ...entries.flatMap(({ buttons }, index) =>
        buttons.map((button) => ({ ...button, label: numbered(index, button.label) })),
      ),
      ...(offset > 0 ? [turn('Back', Math.max(0, offset - PAGE))] : []),
      ...(offset + entries.length < total ? [turn('More', offset + PAGE)] : []),
    ],
  };
}

/** Where the last page begins: entries may have gone since the button was shown. */
function lastPage(total: number): number {
  return Math.max(0, Math.floor((total - 1) / PAGE) * PAGE);
}

async function openReports(context: Context, offset: number): Promise<Reply> {
  const { reports: found, total } = await context.store.reports.open(context.origin, offset, PAGE);
  if (found.length === 0 && offset > 0) return openReports(context, lastPage(total));
  const hidden = await context.store.cards.hidden(context.origin, context.now);
  const judged = await judge(context);
  const inDoubt = doubted(judged).length;
  const lines = [
    total === 0 ? 'No report is open.' : `${count(total, 'open report')}, the newest first.`,
    ...(inDoubt > 0
      ? [
          `${count(inDoubt, 'question')} in doubt by the answers: ${codeSpan(context.typed('reports questions'))}`,
        ]
      : []),
    ...(hidden.size > 0
      ? [`${count(hidden.size, 'card')} retired: ${codeSpan(context.typed('reports retired'))}`]
      : []),
  ];
  const entries = found.map((report) => reportEntry(context, report));
  return page('open', 'Reports', lines.join('\n\n'), entries, offset, total);
}

function reportEntry(context: Context, report: Report): Entry {
  const { library, notesUrl, now } = context;
  // The line may have moved since.
  const source =
    (report.card && library.card(report.card)?.source) ?? library.concept(report.concept)?.source;
  const ago = span(Math.max(0, now.getTime() - report.at.getTime()));
  const card = report.card && library.card(report.card);
  return {
    name: report.term,
    text: [
      literal(report.text, 300),
      ...(card === undefined ? [] : [`The card: ${card.front}`]),
      `${sourceText(source ?? report, notesUrl)} · ${literal(report.by)}, ${ago} ago`,
    ].join('\n\n'),
    buttons: [
      { label: 'Retire card', press: encodePress('reports', 'retire', report.id), style: 'danger' },
      { label: 'Close', press: encodePress('reports', 'close', report.id) },
    ],
  };
}

/** Retires the card that a report is about; where it is about a concept with several cards, asks which one. */
async function retireReported(context: Context, { parts: [id] }: Pressed): Promise<Reply> {
  const report = await context.store.reports.find(context.origin, reportId(context, id));
  if (report === undefined) return after(context, 'open', 'The report was closed already.');
  const hidden = await context.store.cards.hidden(context.origin, context.now);
  const cards = context.library.cardsOf(report.concept).filter((card) => !hidden.has(card.id));
  const [only, another] = cards;
  if (report.card !== undefined) return hide(context, report.card, report.id);
  if (only === undefined) {
    return after(context, 'open', `No card of **${literal(report.term)}** is in use.`);
  }
  return another === undefined ? hide(context, only.id, report.id) : whichCard(report, cards);
}

function whichCard(report: Report, cards: readonly Card[]): Reply {
  const lines = cards.map(({ front }, index) => `${index + 1}. ${front.replaceAll('\n', ' ')}`);
  return {
    text: `Which card of **${literal(report.term)}**?\n\n${lines.join('\n')}`,
    visibility: 'private',
    replaces: true,
    buttons: [
      ...cards.map(({ id }, index) => ({
        label: `Retire ${index + 1}`,
        press: encodePress('reports', 'hide', id, report.id),
        style: 'danger' as const,
      })),
      { label: 'None', press: encodePress('reports', 'page', 'open', '0') },
    ],
  };
}

async function retire(context: Context, { parts: [card = '', report] }: Pressed): Promise<Reply> {
  const id = CardId.safeParse(card);
  if (!id.success) throw outdatedPress(context.typed('reports'));
  return hide(context, id.data, report === undefined ? undefined : reportId(context, report));
}

/** Retires the card, and closes the report that led to it. */
async function hide(context: Context, card: CardId, report: ReportId | undefined): Promise<Reply> {
  // Makes the workspace known, where the admin is its first.
  await context.learner();
  const changed = await context.store.cards.hide(context.origin, card, context.now);
  const known = changed || (await context.store.cards.hidden(context.origin, context.now)).has(card);
  if (!known) throw outdatedPress(context.typed('reports'));
  if (report !== undefined) await context.store.reports.close(context.origin, report, context.now);
  const done = changed
    ? `The card is retired: nobody in this workspace is asked it, and its reviews stay. ${codeSpan(context.typed('reports retired'))} restores it.`
    : 'The card was retired already.';
  return after(context, report === undefined ? 'questions' : 'open', done);
}

async function retiredCards(context: Context, wanted: number): Promise<Reply> {
  const { library, notesUrl, now } = context;
  const hidden = await context.store.cards.listHidden(context.origin);
  const offset = Math.min(wanted, lastPage(hidden.length));
  const entries = hidden.slice(offset, offset + PAGE).map(({ card, front, hiddenAt, ...stored }) => {
    const current = library.card(card);
    const concept = current && library.concept(current.concept);
    const ago = span(Math.max(0, now.getTime() - hiddenAt.getTime()));
    const gone = current === undefined ? ' · the notes no longer have it' : '';
    return {
      name: concept?.term ?? 'A card',
      text: `${front}\n\n${sourceText(current?.source ?? stored, notesUrl)} · retired ${ago} ago${gone}`,
      buttons: [{ label: 'Restore', press: encodePress('reports', 'restore', card) }],
    };
  });
  const text =
    hidden.length === 0 ? 'No card is retired.' : `${count(hidden.length, 'card')}, the last retired first.`;
  return page('retired', 'Retired cards', text, entries, offset, hidden.length);
}

async function restore(context: Context, { parts: [card = ''] }: Pressed): Promise<Reply> {
  const id = CardId.safeParse(card);
  if (!id.success) throw outdatedPress(context.typed('reports'));
  const restored = await context.store.cards.restore(context.origin, id.data);
  const done = restored ? 'The card is back, with its history.' : 'The card was in use already.';
  return after(context, 'retired', done);
}

async function questions(context: Context, wanted: number): Promise<Reply> {
  const judged = await judge(context);
  const found = doubted(judged);
  const offset = Math.min(wanted, lastPage(found.length));
  const entries = found.slice(offset, offset + PAGE).map(({ card, term, says }) => ({
    name: term,
    text: `${card.front}\n\n${says}\n\n${sourceText(card.source, context.notesUrl)}`,
    buttons: [
      { label: 'Retire card', press: encodePress('reports', 'hide', card.id), style: 'danger' as const },
    ],
  }));
  return page(
    'questions',
    'Questions by their answers',
    questionsText(judged),
    entries,
    offset,
    found.length,
  );
}

function reportId(context: Context, id: string | undefined): ReportId {
  const parsed = ReportId.safeParse(id);
  if (!parsed.success) throw outdatedPress(context.typed('reports'));
  return parsed.data;
}
