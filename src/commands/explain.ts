import { z } from 'zod';
import { type Context, defineCommand, outdatedPress } from '../bot/command.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import type { Card, Concept, Library } from '../notes/model.js';
import { reportButton } from './report.js';
import { conceptSubject } from './subject.js';
import { breadcrumb, count, sourceText } from './wording.js';

const MOST_RELATED = 5;
/** Members come first among the related, but leave room for what lies beside. */
const MOST_MEMBERS = 3;

/** What the notes say about a term or a question. */
export const explain = defineCommand({
  name: 'explain',
  summary: 'What the notes say about a term or a question',
  examples: ['explain etcd', 'explain what stores cluster state?', 'explain Fargate vs managed node groups'],
  args: z.object({
    query: z
      .string({ error: 'say what to explain' })
      .trim()
      .min(1, 'say what to explain')
      .max(200, 'at most 200 characters, please')
      .describe('A term or a question'),
  }),
  rest: 'query',
  completes: { query: 'concept' },
  async run(context, { query }) {
    const { outcome, concepts, suggestions } = context.library.lookup(query);
    const [first] = concepts;
    if (outcome === 'none' || first === undefined) return notInTheNotes(context, query, suggestions);
    if (concepts.length === 1) return explanation(context, first);
    return outcome === 'ambiguous'
      ? whichOne(context.library, query, concepts)
      : sideBySide(context, concepts);
  },
  presses: {
    async show(context, { parts: [id] }) {
      return explanation(context, conceptOf(context, id));
    },
    async add(context, { parts: [id] }) {
      return addToReviews(context, conceptOf(context, id));
    },
  },
});

function conceptOf(context: Context, id: string | undefined): Concept {
  const concept = context.library.concepts.find((candidate) => candidate.id === id);
  if (concept === undefined) throw outdatedPress(context.typed('explain'));
  return concept;
}

async function explanation(context: Context, concept: Concept): Promise<Reply> {
  const { library } = context;
  return {
    title: concept.term,
    text: body(context, concept),
    visibility: 'public',
    buttons: [
      ...related(library, concept).map(showButton),
      ...quizButton(library, concept),
      ...((await cardsInUse(context, concept)).length === 0 ? [] : [addButton(concept)]),
      reportButton(concept),
    ],
  };
}

function body({ library, notesUrl }: Context, concept: Concept): string {
  const where = breadcrumb(library, concept);
  return [
    where === '' ? [] : `**${literal(where, 300)}**`,
    library.textOf(concept.id),
    sourceText(concept.source, notesUrl),
  ]
    .flat()
    .join('\n\n');
}

function sideBySide(context: Context, concepts: readonly Concept[]): Reply {
  return {
    title: concepts.map(({ term }) => term).join(' and '),
    text: 'Side by side, from the notes:',
    fields: concepts.map((concept) => ({ name: concept.term, text: body(context, concept) })),
    visibility: 'public',
    buttons: concepts.map(showButton),
  };
}

/** The concept's cards come before other new ones, as part of the day's new cards. */
async function addToReviews(context: Context, concept: Concept): Promise<Reply> {
  const learner = await context.learner();
  const cards = await cardsInUse(context, concept);
  const { waiting, known } = await context.store.reviews.want(
    learner.id,
    cards.map(({ id }) => id),
    context.now,
  );
  const name = `**${literal(concept.term)}**`;
  const has = known === 0 ? '' : ` ${count(known, 'card')} of it you have already.`;
  const pace = waiting > 1 ? ', one a day since they answer each other' : '';
  return {
    text:
      waiting === 0
        ? `${name} is in your reviews already.`
        : `${name} is added: ${count(waiting, 'card')}${pace}, before your other new cards and counted as such.${has}`,
    visibility: 'private',
    buttons: [{ label: 'Review', press: encodePress('review', 'next', '-'), style: 'primary' }],
  };
}

async function cardsInUse(
  { library, store, origin, now }: Context,
  concept: Concept,
): Promise<readonly Card[]> {
  const hidden = await store.cards.hidden(origin, now);
  return library.cardsOf(concept.id).filter(({ id }) => !hidden.has(id));
}

function whichOne(library: Library, query: string, concepts: readonly Concept[]): Reply {
  const lines = concepts.map(
    (concept) => `- ${literal(concept.term)} (${literal(breadcrumb(library, concept), 200)})`,
  );
  return {
    text: `${codeSpan(query)} stands for several things in the notes:\n\n${lines.join('\n')}\n\nWhich one?`,
    visibility: 'private',
    buttons: concepts.map((concept) => ({
      ...showButton(concept),
      label: label(ofParent(library, concept)),
    })),
  };
}

/** 'Standard (SQS queue)': the term with what it is a part of, to tell it from its namesakes. */
function ofParent(library: Library, { term, parent }: Concept): string {
  const above = parent && library.concept(parent);
  return above ? `${term} (${above.term})` : term;
}

function notInTheNotes(context: Context, query: string, suggestions: readonly string[]): Reply {
  const near = suggestions.flatMap((term) => context.library.lookup(term).concepts.slice(0, 1));
  const hint = near.length === 0 ? '' : '\n\nThe nearest that they do explain:';
  return {
    text: `${codeSpan(query)} is not in the notes.${hint}`,
    visibility: 'private',
    buttons: [...new Set(near)].map(showButton),
  };
}

/** Where a reader goes next: the concept above, its members, then those beside it, the nearest in the notes first. */
function related(library: Library, concept: Concept): readonly Concept[] {
  const parent = concept.parent === undefined ? undefined : library.concept(concept.parent);
  const members = library.childrenOf(concept.id);
  const beside = parent === undefined ? [] : library.childrenOf(parent.id);
  const own = beside.indexOf(concept);
  const siblings = [...beside.entries()]
    .sort(([a], [b]) => Math.abs(a - own) - Math.abs(b - own))
    .map(([, sibling]) => sibling);
  const near = [
    ...(parent ? [parent] : []),
    ...members.slice(0, MOST_MEMBERS),
    ...siblings,
    ...members.slice(MOST_MEMBERS),
  ];
  return [...new Set(near)].filter(({ id }) => id !== concept.id).slice(0, MOST_RELATED);
}

function showButton(concept: Concept): Button {
  return { label: label(concept.term), press: encodePress('explain', 'show', concept.id) };
}

function addButton(concept: Concept): Button {
  return { label: 'Add to my reviews', press: encodePress('explain', 'add', concept.id) };
}

function quizButton(library: Library, concept: Concept): readonly Button[] {
  if (conceptSubject(library, concept).cards.length === 0) return [];
  return [{ label: 'Quiz me on this', press: encodePress('quiz', 'about', concept.id), style: 'primary' }];
}
