import { statSync } from 'node:fs';
import { loadFacts } from '../advisor/facts.js';
import { type Impact, impactOf } from '../notes/edits/impact.js';
import type { Kept } from '../notes/edits/match.js';
import { readFolder } from '../notes/files.js';
import { makeLibrary, readNotes } from '../notes/library.js';
import { lint } from '../notes/lint/lint.js';
import type { Card, Library } from '../notes/model.js';
import { NotReadyError } from '../store/errors.js';
import { openStore } from '../store/open.js';
import { type AnswerImpact, answerImpact, answerLines } from './answers.js';
import { print } from './lines.js';
import { configOf, type DataOptions } from './options.js';
import { notesAt } from './revision.js';

/** What `eks check` may be told. */
export interface CheckOptions extends DataOptions {
  readonly against?: string;
}

/** Answers `eks check`; the exit status is 1 if a note or a fact has an error. */
export async function check(options: CheckOptions): Promise<void> {
  if (options.against !== undefined) return checkAgainst(options, options.against);
  const { contentDir } = configOf(options);
  const { files, problems } = await readFolder(contentDir);
  const library = makeLibrary(await readNotes(files), problems);
  // Only facts of the folder's own: the shipped ones are not its author's to put right.
  const facts = await loadFacts(contentDir, new Date());
  const all = [...library.problems, ...facts.problems, ...lint(files, library)];
  for (const { severity, note, line, message } of all) {
    await print(
      options.json
        ? JSON.stringify({ severity, note, line, message })
        : `${note}:${line}: ${severity}: ${message}`,
    );
  }
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const { concepts, cards } = library;
  process.stderr.write(`${concepts.length} concepts, ${cards.length} cards, ${errors} errors.\n`);
  if (errors > 0) process.exitCode = 1;
}

/** How many learners have a memory of a card, by its key; or why there is no database to ask. */
type Learners = ReadonlyMap<string, number> | NotReadyError;

async function checkAgainst(options: CheckOptions, against: string): Promise<void> {
  const { contentDir, databaseUrl } = configOf(options);
  const now = await libraryOf(contentDir);
  const isFolder = statSync(against, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const earlier = isFolder
    ? await libraryOf(against)
    : makeLibrary(await readNotes(await notesAt(contentDir, against)));
  const impact = impactOf(earlier, now);
  const { removed, changed, renamed, edited } = impact;
  const touched = [...removed, ...[...changed, ...renamed, ...edited].map(({ known }) => known)];
  const learners = await learnersOf(
    databaseUrl.reveal(),
    touched.map(({ key }) => key),
  );
  const answers = await answerImpact(contentDir, against, new Date());
  await print(
    options.json ? asJson(against, impact, learners, answers) : asText(against, impact, learners, answers),
  );
}

async function libraryOf(folder: string): Promise<Library> {
  const { files, problems } = await readFolder(folder);
  return makeLibrary(await readNotes(files), problems);
}

async function learnersOf(url: string, keys: readonly string[]): Promise<Learners> {
  try {
    const store = await openStore(url, { pending: 'refuse' });
    return await store.cards.learnersByKey(keys).finally(() => store.close());
  } catch (error) {
    if (error instanceof NotReadyError) return error;
    throw error;
  }
}

function asJson(against: string, impact: Impact, learners: Learners, answers: AnswerImpact): string {
  const count = (key: string) =>
    learners instanceof NotReadyError ? {} : { learners: learners.get(key) ?? 0 };
  const kept = ({ card, known }: Kept) => ({
    ...cardOf(card),
    before: { front: known.front, back: known.back, note: known.note },
    ...count(known.key),
  });
  const { added, edited, changed, renamed, removed, moved, unchanged, held } = impact;
  return JSON.stringify({
    against,
    added: added.map(cardOf),
    edited: edited.map(kept),
    meaningChanged: changed.map(kept),
    renamed: renamed.map(kept),
    removed: removed.map((card) => ({ ...cardOf(card), ...count(card.key) })),
    moved,
    unchanged,
    held: held.map(({ deck, cards, of }) => ({ deck, cards: cards.length, of })),
    nodeTypes: answers,
  });
}

function cardOf({ front, back, source: { note, line } }: Card) {
  return { front, back, note, line };
}

function asText(against: string, impact: Impact, learners: Learners, answers: AnswerImpact): string {
  const { added, edited, changed, renamed, removed, moved, unchanged, held } = impact;
  const at = ({ source: { note, line } }: Card) => `${note}:${line}`;
  const known = (key: string) => {
    const count = learners instanceof NotReadyError ? 0 : (learners.get(key) ?? 0);
    return count === 0 ? '' : ` (${count} ${count === 1 ? 'learner' : 'learners'})`;
  };
  const lines = (what: string, some: readonly Kept[]) =>
    some.map(({ card, known: { key, front } }) => {
      const before = front === card.front ? '' : `${front} -> `;
      return `${at(card)}: ${what}: ${before}${card.front}${known(key)}`;
    });
  return [
    ...removed.map((card) => `${at(card)}: removed: ${card.front}${known(card.key)}`),
    ...lines('says something else', changed),
    ...lines('renamed', renamed),
    ...lines('edited', edited),
    ...added.map((card) => `${at(card)}: added: ${card.front}`),
    ...held.map(
      ({ deck, cards, of }) =>
        `${deck}: ${cards.length} of ${of} cards go at once; they wait for an admin's "notes apply"`,
    ),
    `Against ${against}: ${added.length} added, ${edited.length} edited (progress kept), ${changed.length} say something else (progress kept; they come back within three days), ${renamed.length} renamed (progress kept), ${removed.length} removed, ${moved} only moved, ${unchanged} unchanged.`,
    ...answerLines(answers),
    learners instanceof NotReadyError ? `Learners are not counted: ${learners.message}` : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}
