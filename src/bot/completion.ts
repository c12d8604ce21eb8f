import type { StudyClock } from '../learning/model.js';
import type { Library } from '../notes/model.js';
import type { Learner, Store } from '../store/store.js';
import type { Command } from './command.js';
import type { Origin, Proposal, Suggestion } from './platform.js';

/** The most that a platform shows (Discord's autocomplete). */
const MOST = 25;

/** Fewer terms than this may be because of a slip. */
const FEW = 3;

const TIME_ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/** What completion knows of the moment. */
export interface Completing {
  readonly commandName: string;
  /** Those that who types may run. */
  readonly commands: readonly Command[];
  readonly library: Library;
  /** Terms that the learner meets next, for who has typed nothing yet. */
  readonly next: () => Promise<readonly string[]>;
}

/**
 * What could follow '/eks exp', '/eks explain et' or, without the slash command's own name, '/explain et'. Only texts
 * that start with a slash are completed.
 */
export async function completeTyped(text: string, completing: Completing): Promise<readonly Suggestion[]> {
  const { commandName, commands } = completing;
  const start = `/${commandName}`;
  const [, first, others = ''] = /^\/(\S*)(.*)$/s.exec(text.trimStart()) ?? [];
  if (first === undefined) return [];
  const body = commandName.startsWith(first.toLowerCase()) ? others.trimStart() : `${first}${others}`;
  const [, word = '', argument] = /^(\S*)(?:\s+(.*))?$/s.exec(body) ?? [];
  const command = commands.find((candidate) => candidate.name === word.toLowerCase());
  if (command === undefined || argument === undefined) {
    return commands
      .filter((candidate) => candidate.name.startsWith(word.toLowerCase()))
      .slice(0, MOST)
      .map(({ name, summary }) => ({
        text: `${start} ${name} `,
        label: `${start} ${name}`,
        description: summary,
      }));
  }
  const proposals = await proposeFor(command, command.rest ?? '', argument, completing);
  return proposals.map(({ value, description }) => ({
    text: `${start} ${command.name} ${value}`,
    label: value,
    description,
  }));
}

/** What an argument of a command could become, best first. */
export async function proposeFor(
  command: Command,
  argument: string,
  typed: string,
  { commands, library, next }: Completing,
): Promise<readonly Proposal[]> {
  const wanted = typed.trim().toLowerCase();
  switch (command.completes[argument]) {
    case 'concept':
      return (wanted === '' ? await termsToBegin(library, next) : termsLike(library, typed)).map((value) => ({
        value,
        description: '',
      }));
    case 'topic':
      return topicsLike(library, wanted)
        .slice(0, MOST)
        .map(({ name, cards }) => ({ value: name, description: `${cards.length} cards` }));
    case 'command':
      return commands
        .filter(({ name }) => name.startsWith(wanted))
        .slice(0, MOST)
        .map(({ name, summary }) => ({ value: name, description: summary }));
    case 'time-zone':
      return TIME_ZONES.filter((zone) => zone.toLowerCase().replaceAll('_', ' ').includes(spaced(wanted)))
        .slice(0, MOST)
        .map((value) => ({ value, description: '' }));
    default:
      return [];
  }
}

function spaced(text: string): string {
  return text.replaceAll('_', ' ');
}

/** Terms that begin so; where there are few, also what the text means with its slips. */
function termsLike(library: Library, typed: string): readonly string[] {
  const exact = library.complete(typed, MOST);
  if (exact.length >= FEW) return exact;
  const { concepts, suggestions } = library.lookup(typed);
  return [...new Set([...exact, ...concepts.map(({ term }) => term), ...suggestions])].slice(0, MOST);
}

function topicsLike({ topics, lookup }: Library, wanted: string): Library['topics'] {
  const named = topics.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (named.length > 0) return named;
  const { concepts, suggestions } = lookup(wanted);
  const meant = new Set([...concepts.map(({ term }) => term), ...suggestions]);
  return topics.filter(({ name }) => meant.has(name));
}

async function termsToBegin(library: Library, next: Completing['next']): Promise<readonly string[]> {
  return [...new Set([...(await next()), ...library.complete('', MOST)])].slice(0, MOST);
}

/** The terms of the cards that a learner meets next; none for who was never here. */
export async function termsNext(
  store: Store,
  library: Library,
  origin: Origin,
  clockOf: (learner: Learner) => StudyClock,
  now: Date,
): Promise<readonly string[]> {
  const learner = await store.learners.known(origin);
  if (learner === undefined) return [];
  const { newPerDay, reviewsPerDay } = learner.settings;
  const clock = clockOf(learner);
  const query = {
    learner: learner.id,
    workspace: origin,
    now,
    clock,
    newPerDay,
    reviewsPerDay,
    among: undefined,
  };
  const { next } = await store.reviews.queue(query);
  return next.flatMap((id) => {
    const card = library.card(id);
    // A question with options of its own names no term of the notes.
    const concept = card && card.choice === undefined ? library.concept(card.concept) : undefined;
    return concept === undefined ? [] : [concept.term];
  });
}
