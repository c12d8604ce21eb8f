import { wordsOf } from '../grammar.js';

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** How many members an announcement promises ('There are 3 types of nodes'), if it says. */
export function statedCount(intro: string): number | undefined {
  const match =
    /\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\p{L}-]+\s+){0,3}?[\p{L}-]+s\b/iu.exec(
      intro,
    )?.[1];
  if (match === undefined) return undefined;
  const number = /^\d+$/.test(match) ? Number(match) : NUMBERS.indexOf(match.toLowerCase());
  return number >= 2 && number <= 20 ? number : undefined;
}

const OPEN =
  /\b(etc|such as|and more|and so on|for example|for instance|e\.g|including|includes?|like|among others|some)\b|\.\.\.|…/i;

/** Whether the words break off before examples: 'Flags such as:'. */
export function opensList(intro: string): boolean {
  return /\b(?:such as|like|including|includes?|for example|for instance|e\.g\.?|as follows|namely)[\s:：]*$/i.test(
    intro,
  );
}

/** Whether the words say that there are more members than the list names. */
export function isOpenList(intro: string, members: readonly string[]): boolean {
  return (
    OPEN.test(intro) || members.some((member) => /\betc\b|\band (more|others?)\b|\.\.\.$|…$/i.test(member))
  );
}

/** Whether the words before a list say that its order matters. */
export function announcesOrder(intro: string): boolean {
  return /\b(steps?|order|sequence|process|phases?|stages?|lifecycle|life cycle|workflow|priority|precedence|procedure|flow)\b/i.test(
    intro,
  );
}

const KIND_NOUNS =
  /(?<!-)\b(types?|kinds?|ways?|modes?|options?|components?|parts?|steps?|phases?|stages?|categories|classes|levels?|forms?|flavou?rs?|variants?|models?|strategies|policies|methods?|services|providers|elements?|layers?|tools|states|processes|controllers|software|things|members|roles|tiers?|engines?|protocols?|algorithms?|approaches)\b(?!-)/i;

/** Whether a line before children announces a list ('runs the following software', 'There are 3 types'). */
export function announcesList(intro: string): boolean {
  const words = wordsOf(intro);
  return (
    /\b(following|these|different|several|various|multiple|consists? of|composed of|made (up )?of|collection of|set of|group of|includes?|supports?)\b/i.test(
      intro,
    ) ||
    statedCount(intro) !== undefined ||
    (words.length <= 12 && KIND_NOUNS.test(intro))
  );
}
