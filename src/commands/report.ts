import { z } from 'zod';
import { type Context, defineCommand, outdatedPress, type Pressed } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan, label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Reply } from '../bot/reply.js';
import type { Card, Concept } from '../notes/model.js';
import { breadcrumb, sourceText } from './wording.js';

const LONGEST = 200;
/** Open reports that a learner may make in a day: enough for who means well. */
const MOST_A_DAY = 5;

/** Tells the admins of a mistake in the notes. */
export const report = defineCommand({
  name: 'report',
  summary: 'Tell the admins of a mistake in the notes',
  examples: ['report etcd'],
  args: z.object({
    term: z
      .string({ error: 'say which term is explained wrongly' })
      .trim()
      .min(1, 'say which term is explained wrongly')
      .max(200, 'at most 200 characters, please')
      .describe('The term that is explained wrongly'),
  }),
  rest: 'term',
  completes: { term: 'concept' },
  async run(context, { term }) {
    const { outcome, concepts } = context.library.lookup(term);
    const [first, second] = concepts;
    if (outcome === 'none' || first === undefined) {
      throw new UserError(`${codeSpan(term)} is not in the notes. Name the term as the notes do.`);
    }
    if (second === undefined) return form(context, first, undefined);
    return {
      text: 'Which one is explained wrongly?',
      visibility: 'private',
      buttons: concepts.map((concept) => ({
        ...reportButton(concept),
        label: label([concept.term, breadcrumb(context.library, concept)].filter(Boolean).join(' · ')),
      })),
    };
  },
  presses: {
    async ask(context, { parts }) {
      const { concept, card } = subjectOf(context, parts);
      return form(context, concept, card);
    },
    send,
  },
});

/** Opens the form for a mistake in what the notes say of a concept, or in one of its cards. */
export function reportButton(concept: Concept, card?: Card): Button {
  const press = encodePress('report', 'ask', concept.id, card?.id ?? '-');
  return { label: 'Report a mistake', press, style: 'secondary' };
}

interface Reported {
  readonly concept: Concept;
  readonly card: Card | undefined;
}

function subjectOf({ library, typed }: Context, [conceptId, cardId]: readonly string[]): Reported {
  const concept = library.concepts.find(({ id }) => id === conceptId);
  if (concept === undefined) throw outdatedPress(typed('report'));
  return { concept, card: library.cardsOf(concept.id).find(({ id }) => id === cardId) };
}

function form({ notesUrl }: Context, concept: Concept, card: Card | undefined): Reply {
  const { source } = card ?? concept;
  return {
    text: `What is wrong with **${literal(concept.term)}** (${sourceText(source, notesUrl)})? The admins of this workspace will see it with your name.`,
    visibility: 'private',
    form: {
      title: label(`A mistake in ${concept.term}`, 45),
      press: encodePress('report', 'send', concept.id, card?.id ?? '-'),
      submit: 'Report',
      inputs: [
        { name: 'text', label: 'What is wrong?', kind: 'text', required: true, maximumLength: LONGEST },
      ],
    },
  };
}

async function send(context: Context, { parts, form: { text = '' } }: Pressed): Promise<Reply> {
  const { concept, card } = subjectOf(context, parts);
  const said = text.replace(/\s+/g, ' ').trim();
  if (said === '') throw new UserError('Nothing was sent: say in a line what is wrong.');
  if (said.length > LONGEST) throw new UserError(`Nothing was sent: at most ${LONGEST} characters, please.`);
  const { source } = card ?? concept;
  const learner = await context.learner();
  const filed = await context.store.reports.file(
    {
      workspace: context.origin,
      learner: learner.id,
      idempotencyKey: context.idempotencyKey,
      concept: concept.id,
      card: card?.id,
      term: concept.term,
      note: source.note,
      line: source.line,
      text: said,
      at: context.now,
    },
    MOST_A_DAY,
  );
  if (filed === 'too many') {
    throw new UserError(
      `You have ${MOST_A_DAY} open reports of the last day, and this one was not kept. The admins see the others first.`,
    );
  }
  return {
    text: `Thank you. The admins of this workspace see it in ${codeSpan(context.typed('reports'))}, with your name and the line: ${sourceText(source, context.notesUrl)}.`,
    visibility: 'private',
    replaces: true,
  };
}
