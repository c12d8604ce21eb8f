import { z } from 'zod';
import { type Context, defineCommand, type Pressed } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Reply } from '../bot/reply.js';
import type { HeldDeck } from '../notes/edits/held.js';
import { shortHash } from '../notes/identity.js';
import { count } from './wording.js';

/** Decks named one by one. */
const MOST = 20;

const SHARED = `Several workspaces use these notes, so this is for whoever runs the bot: in ${codeSpan('eks chat')} on its own computer, or on its chat page there.`;

/** What the notes hold, and decks that lost so many cards at once that an admin is asked first. */
export const notes = defineCommand({
  name: 'notes',
  summary: 'What is loaded from the notes, and what waits for your word',
  examples: ['notes', 'notes apply'],
  admin: true,
  args: z.object({
    action: z
      .enum(['apply'])
      .optional()
      .describe(
        'apply: retire cards that the notes lost; for who runs the bot, if several workspaces use it',
      ),
  }),
  run: (context, { action }) => (action === 'apply' ? apply(context) : show(context)),
  presses: {
    async apply(context, pressed) {
      return { ...(await applySeen(context, pressed)), replaces: true };
    },
  },
});

async function show({ library, store, origin, typed }: Context): Promise<Reply> {
  const held = store.cards.held();
  const { concepts, cards, problems } = library;
  const loaded = `${count(concepts.length, 'concept')} and ${count(cards.length, 'card')} are loaded.`;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const wrong =
    errors === 0 ? '' : ` ${count(errors, 'error')} in the notes: ${codeSpan('eks check')} lists them.`;
  if (held.length === 0) {
    return { title: 'Notes', text: `${loaded}${wrong} Nothing waits for you.`, visibility: 'private' };
  }
  const decks = held
    .slice(0, MOST)
    .map(({ deck, cards: { length }, of }) => `- ${literal(deck)}: ${length} of ${count(of, 'card')}`);
  const isShared = await store.cards.areSharedBeyond(origin);
  const more = held.length > MOST ? [`- and ${count(held.length - MOST, 'deck')} more`] : [];
  return {
    title: 'Notes',
    text: [
      `${loaded}${wrong}`,
      `These decks lost many cards at once, so that nothing of them is retired yet. If a folder is missing or moved, put it back; if it is meant, ${codeSpan(typed('notes apply'))} retires the cards:`,
      [...decks, ...more].join('\n'),
      ...(isShared ? [SHARED] : []),
    ].join('\n\n'),
    visibility: 'private',
    buttons: isShared
      ? []
      : [
          {
            label: 'Retire these cards',
            press: encodePress('notes', 'apply', nameOf(held)),
            style: 'danger',
          },
        ],
  };
}

const cardsOf = (held: readonly HeldDeck[]) => held.flatMap(({ cards }) => cards);

/** The same for the same cards: a button stands for what its reader saw, not for what is lost meanwhile. */
function nameOf(held: readonly HeldDeck[]): string {
  return shortHash(cardsOf(held).toSorted().join('\n'));
}

async function applySeen(context: Context, { parts: [seen] }: Pressed): Promise<Reply> {
  const held = context.store.cards.held();
  if (held.length === 0 || seen === nameOf(held)) return apply(context);
  const reply = await show(context);
  return { ...reply, text: `Nothing was retired: the notes have changed meanwhile.\n\n${reply.text}` };
}

/** The deck is everybody's: one of several workspaces does not decide on it for the others. */
async function apply({ store, origin, now }: Context): Promise<Reply> {
  if (await store.cards.areSharedBeyond(origin)) throw new UserError(SHARED);
  const retired = await store.cards.retireHeld(cardsOf(store.cards.held()), now);
  const text =
    retired === 0
      ? 'Nothing waits: the cards are as the notes say.'
      : `${count(retired, 'card')} retired. What people learnt of them is kept, and comes back if their text does.`;
  return { title: 'Notes', text, visibility: 'private' };
}
