import { z } from 'zod';
import { type Advice, advise } from '../advisor/advise.js';
import { compareTypes, comparisonText } from '../advisor/comparison.js';
import type { Facts } from '../advisor/facts.js';
import { labels, withoutNeeds } from '../advisor/names.js';
import { adviceText, headline, shortAdvice } from '../advisor/text.js';
import { understandNeeds } from '../advisor/understand.js';
import { type Context, defineCommand, type Pressed } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { label } from '../bot/markdown.js';
import type { Button, Reply } from '../bot/reply.js';
import { needsForm, nothingSent, readForm, whichPreference } from './which-node-form.js';
import { buttonAbout, carriedWords, carry } from './which-node-state.js';
import { comparisonTable } from './which-node-table.js';
import { togetherLines } from './which-node-together.js';
import { writeSaid } from './which-node-words.js';

const TITLE = 'Which node type?';
/** More would fill a channel with buttons. */
const MOST_PROPOSALS = 5;
/** Characters of a button beside 'Without “” and “”'; what is longer is cut within its quotes. */
const ROOM_FOR_NEEDS = 58;

const LONGEST_NEEDS = 500;
const Needs = z.string().trim().max(LONGEST_NEEDS, `at most ${LONGEST_NEEDS} characters, please`);

/** Which node types support what is needed, and why each other one is out. */
export const whichNode = defineCommand({
  name: 'which-node',
  summary: 'Which EKS node types support what you need',
  examples: [
    'which-node windows and gpu',
    'which-node spot and arm, no ssh',
    'which-node can fargate run daemonsets?',
  ],
  args: z.object({ needs: Needs.default('').describe('What the nodes must support') }),
  rest: 'needs',
  async run(context, { needs }) {
    const facts = await factsOf(context);
    return needs === '' ? needsForm(facts, '') : answer(context, facts, needs);
  },
  presses: {
    ask: (context, { parts }) => about(context, parts, answer),
    show: (context, { parts }) => inPlace(about(context, parts, answer)),
    why: (context, { parts }) => inPlace(about(context, parts, reasons)),
    compare: (context, { parts }) => inPlace(about(context, parts, comparison)),
    options: (context, { parts }) =>
      about(context, parts, async (_context, facts, words) => needsForm(facts, words)),
    needs: async (context, pressed) => sent(context, await factsOf(context), pressed),
  },
});

type View = (context: Context, facts: Facts, words: string) => Promise<Reply>;

async function factsOf(context: Context): Promise<Facts> {
  const facts = await context.facts();
  if (facts === undefined) {
    throw new UserError('The node-type facts could not be read. An admin sees why with `eks check`.');
  }
  return facts;
}

async function about(context: Context, parts: readonly string[], view: View): Promise<Reply> {
  return view(context, await factsOf(context), await carriedWords(context, parts));
}

/** All views of one answer take the place of each other, so that a channel holds it once. */
async function inPlace(reply: Promise<Reply>): Promise<Reply> {
  return { ...(await reply), replaces: true };
}

/** Answers the form as the same needs in words would be answered. */
async function sent(context: Context, facts: Facts, pressed: Pressed): Promise<Reply> {
  const read = readForm(facts, pressed);
  if (read.kind === 'nothing') return nothingSent(context, read.note);
  const reply =
    read.kind === 'two preferences'
      ? await whichPreference(context, facts, read)
      : await answer(context, facts, read.words);
  return { ...reply, text: [read.note, reply.text].filter((part) => part !== '').join('\n\n') };
}

/** The short answer: what fits and what decides it, with the ways on as buttons. */
async function answer(context: Context, facts: Facts, words: string): Promise<Reply> {
  const advice = advise(facts, understandNeeds(facts, words));
  const isUnclear = advice.outcome === 'unclear';
  return {
    title: TITLE,
    text: shortAdvice(facts, advice),
    visibility: isUnclear ? 'private' : 'public',
    buttons: [
      ...(await viewButtons(context, advice, words, 'show')),
      ...(await proposals(context, facts, advice, words)),
    ],
  };
}

/** The whole answer: conditions, what rules out each other type, with pages and dates, and what is unconfirmed. */
async function reasons(context: Context, facts: Facts, words: string): Promise<Reply> {
  const advice = advise(facts, understandNeeds(facts, words));
  return {
    title: TITLE,
    text: adviceText(facts, advice),
    visibility: 'public',
    buttons: await viewButtons(context, advice, words, 'why'),
  };
}

async function comparison(context: Context, facts: Facts, words: string): Promise<Reply> {
  const advice = advise(facts, understandNeeds(facts, words));
  const compared = compareTypes(facts, advice);
  const together = togetherLines(facts, advice);
  const table = comparisonTable(compared, together);
  return {
    title: TITLE,
    text: [
      headline(facts, advice),
      comparisonText(compared),
      together.map((line) => `**All**: ${line}`).join('\n'),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    ...(table && { table }),
    visibility: 'public',
    buttons: await viewButtons(context, advice, words, 'compare'),
  };
}

/** The other views of the answer. */
async function viewButtons(
  context: Context,
  { outcome, needs, understood }: Advice,
  words: string,
  shown: 'show' | 'why' | 'compare',
): Promise<readonly Button[]> {
  const carried = await carry(context, words);
  const change = buttonAbout('options', carried, outcome === 'unclear' ? 'Pick from lists' : 'Change needs');
  if (outcome === 'unclear') return [change];
  const views = [
    { action: 'show', name: 'Short answer' },
    { action: 'why', name: 'Why?' },
    ...(needs.length + understood.wishes.length > 0 ? [{ action: 'compare', name: 'Compare' }] : []),
  ];
  return [
    ...views
      .filter(({ action }) => action !== shown)
      .map(({ action, name }) => buttonAbout(action, carried, name)),
    change,
  ];
}

/** Answers to the question back, and needs that could be dropped where nothing fits. */
async function proposals(
  context: Context,
  facts: Facts,
  { understood, droppable, outcome }: Advice,
  words: string,
): Promise<readonly Button[]> {
  const [contradiction] = understood.contradictions;
  // Where nothing fits, no further need changes that: first comes what could be dropped.
  const [wide] = contradiction === undefined && droppable.length === 0 ? understood.wideWords : [];
  const without = (drop: Advice['needs']) => ({
    ...understood,
    needs: understood.needs.filter((id) => !drop.includes(id)),
  });
  const offers = [
    ...(contradiction === undefined
      ? []
      : [
          { name: 'It is needed', words: writeSaid(understood) },
          { name: 'It is not needed', words: writeSaid(without([contradiction])) },
        ]),
    ...(wide?.about ?? []).map((id) => ({ name: labels(facts, [id]), words: `${words}. ${id}` })),
    ...droppable.map(({ drop }) => ({
      name: withoutNeeds(facts, drop, (need) => label(need, Math.floor(ROOM_FOR_NEEDS / drop.length))),
      words: writeSaid(without(drop)),
    })),
  ];
  // What was private so far is answered anew for all to see.
  const action = outcome === 'unclear' ? 'ask' : 'show';
  return Promise.all(
    offers
      .slice(0, MOST_PROPOSALS)
      .map(async (offer) => buttonAbout(action, await carry(context, offer.words), label(offer.name))),
  );
}
