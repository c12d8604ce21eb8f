import { z } from 'zod';
import { type Context, defineCommand, outdatedPress } from '../bot/command.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import type { Concept, Library } from '../notes/model.js';
import { breadcrumb, place } from './wording.js';

const MOST_RELATED = 3;

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
    if (concepts.length === 1) return explanation(context.library, first);
    return outcome === 'ambiguous'
      ? whichOne(context.library, query, concepts)
      : sideBySide(context.library, concepts);
  },
  presses: {
    async show(context, { parts: [id] }) {
      return explanation(context.library, conceptOf(context, id));
    },
  },
});

function conceptOf(context: Context, id: string | undefined): Concept {
  const concept = context.library.concepts.find((candidate) => candidate.id === id);
  if (concept === undefined) throw outdatedPress(context.typed('explain'));
  return concept;
}

function explanation(library: Library, concept: Concept): Reply {
  return {
    title: concept.term,
    text: body(library, concept),
    visibility: 'public',
    buttons: [...related(library, concept).map(showButton), ...quizButton(library, concept)],
  };
}

function body(library: Library, concept: Concept): string {
  const where = breadcrumb(library, concept);
  const source = `*${place(concept.source)}*`;
  return [where === '' ? [] : `**${literal(where, 300)}**`, library.textOf(concept.id), source]
    .flat()
    .join('\n\n');
}

function sideBySide(library: Library, concepts: readonly Concept[]): Reply {
  return {
    title: concepts.map(({ term }) => term).join(' and '),
    text: 'Side by side, from the notes:',
    fields: concepts.map((concept) => ({ name: concept.term, text: body(library, concept) })),
    visibility: 'public',
    buttons: concepts.map(showButton),
  };
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

/** The concept above, then those beside it: where a reader goes next. */
function related(library: Library, concept: Concept): readonly Concept[] {
  const parent = concept.parent === undefined ? undefined : library.concept(concept.parent);
  const children = library.childrenOf(concept.id);
  const siblings = parent ? library.childrenOf(parent.id) : [];
  const near = [...(parent ? [parent] : []), ...children, ...siblings].filter(({ id }) => id !== concept.id);
  return [...new Set(near)].slice(0, MOST_RELATED);
}

function showButton(concept: Concept): Button {
  return { label: label(concept.term), press: encodePress('explain', 'show', concept.id) };
}

function quizButton(library: Library, concept: Concept): readonly Button[] {
  if (library.cardsOf(concept.id).length === 0) return [];
  return [{ label: 'Quiz me on this', press: encodePress('quiz', 'about', concept.id), style: 'primary' }];
}
