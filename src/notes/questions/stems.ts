import { singular } from '../grammar.js';
import type { Saying } from './sayings.js';

/** A saying as a question: 'In Kubernetes, which software assigns pods to nodes?' */
export function stemOf(saying: Saying, context: string | undefined, kind: string | undefined): string {
  const what = kind === undefined ? 'what' : `which ${kind}`;
  const before = context === undefined ? '' : `In ${context}, `;
  const stem = `${before}${asked(saying, what, kind !== undefined)}?`;
  return stem.charAt(0).toUpperCase() + stem.slice(1);
}

function asked(saying: Saying, what: string, isKind: boolean): string {
  switch (saying.form) {
    case 'verb':
      return `${what} ${saying.text}`;
    case 'activity':
      return `${what} is responsible for ${saying.text}`;
    case 'noun':
      if (isKind && saying.text !== '') return `${what} is ${saying.text}`;
      return isKind
        ? `${what} is described as “${saying.quoted}”`
        : `what is described as “${saying.quoted}”`;
    case 'clause':
      return `of ${what} do the notes say: “${saying.text}”`;
  }
}

/** The noun that a question for a list asks for: 'Which processes make up ...' asks for a process. */
export function kindIn(front: string): string | undefined {
  const type = /^(?:in )?which (?:\p{L}+ )?(types?|kinds?) (?:can|may) (.+?) be\b/iu.exec(front);
  if (type?.[2] !== undefined) return `type of ${singular(type[2].replace(/^(?:the|an?) /i, ''))}`;
  const noun =
    /^which (?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten) )?(.+?) (?:does|do|can|may|must|should|will|is|are|has|have|make|run)\b/i.exec(
      front,
    )?.[1];
  if (noun === undefined || noun.split(' ').length > 3) return undefined;
  if (/(?:ways?|types?|kinds?|things?|following|ones?|parts?)$/i.test(noun)) return undefined;
  return noun.replace(/\S+$/, (last) => singular(last));
}
