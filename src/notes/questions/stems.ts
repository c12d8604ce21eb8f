import { isPlural, singular, startsWithVerb } from '../grammar.js';
import type { Saying } from './sayings.js';

/** What a question says besides what it asks. */
export interface Wording {
  readonly context?: string | undefined;
  /** What the answer is one of: 'process', 'type of node'. */
  readonly kind?: string | undefined;
  /** True where the answer is the name of one thing rather than a word for many. */
  readonly proper: boolean;
}

/** A saying as a question: 'In Kubernetes, which software assigns pods to nodes?' */
export function stemOf(saying: Saying, { context, kind, proper }: Wording): string {
  const before = context === undefined ? '' : `In ${context}, `;
  const stem = `${before}${asked(saying, kind, proper)}?`;
  return stem.charAt(0).toUpperCase() + stem.slice(1);
}

function asked(saying: Saying, kind: string | undefined, proper: boolean): string {
  const what = kind === undefined ? 'what' : `which ${kind}`;
  switch (saying.form) {
    case 'verb':
      return `${what} ${saying.text.replace(/^is what /, 'is it that ')}`;
    case 'ability':
      return `${what} do the notes say ${saying.text}`;
    case 'activity':
      return `${what} is responsible for ${saying.text}`;
    case 'noun':
      return ofNoun(saying, kind, proper);
    case 'clause':
      return saying.whole
        ? `about ${what} do the notes say that ${lowerFirst(saying.text)}`
        : `about ${what} do the notes say: “${saying.text}”`;
  }
}

function ofNoun(
  { text, quoted }: Extract<Saying, { form: 'noun' }>,
  kind: string | undefined,
  proper: boolean,
): string {
  if (kind !== undefined) {
    return text === ''
      ? `which ${kind} do the notes describe as ${lowerFirst(quoted)}`
      : `which ${kind} is ${text}`;
  }
  const isOne = proper || !/^the /i.test(text);
  const doing = isOne ? headThat(text === '' ? quoted : text) : undefined;
  if (doing !== undefined) return `${proper ? 'which' : 'what kind of'} ${doing}`;
  return `what do the notes call ${lowerFirst(text === '' ? quoted : text)}`;
}

/** 'an agent that talks to the control plane' asks: which 'agent talks to the control plane'? */
function headThat(gloss: string): string | undefined {
  const [, head = '', rest = ''] =
    /^(?:an?|the) ([\p{L}-]+(?: [\p{L}-]+)?) (?:that|which|who) (.+)$/iu.exec(gloss) ?? [];
  if (head === '' || isPlural(head) || !startsWithVerb(rest) || head.includes('_')) return undefined;
  return /^(?:one|thing|something|way|place|part|set|point|time|amount|number|(?:any|some|every)(?:one|body|thing)|person)$/i.test(
    head,
  )
    ? undefined
    : `${head} ${rest}`;
}

function lowerFirst(text: string): string {
  return /^\p{Lu}(?:\p{Ll}+\b|\s)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** The noun that a question for a list asks for: 'Which processes make up ...' asks for a process. */
export function kindIn(front: string): string | undefined {
  const type = /^(?:in )?which (?:\p{L}+ )?(types?|kinds?) (?:can|may) (.+?) be\b/iu.exec(front);
  if (type?.[2] !== undefined) return `type of ${singular(type[2].replace(/^(?:the|an?) /i, ''))}`;
  const sort = /^which (types|kinds|sorts) of ([\p{L} -]+?) (?:are|is|can|does|do)\b/iu.exec(front);
  if (sort !== null) return `${singular(sort[1]?.toLowerCase() ?? '')} of ${singularHead(sort[2] ?? '')}`;
  const noun =
    /^which (?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten) )?(.+?) (?:does|do|can|may|must|should|will|is|are|has|have|make|run)\b/i.exec(
      front,
    )?.[1];
  if (noun === undefined || noun.split(' ').length > 3) return undefined;
  if (/(?:ways?|types?|kinds?|things?|following|ones?|parts?)$/i.test(noun)) return undefined;
  return singularHead(noun);
}

const counts =
  '(?:the following|these|different|several|various|many|\\d+|two|three|four|five|six|seven|eight|nine|ten)';

/** The same from the words that announce the list: 'There are four answers to a risk', 'Isolation levels'. */
export function kindInIntro(intro: string): string | undefined {
  const [said = ''] = intro.replace(/\s+are the following$/i, '').split(/[,:：(]/, 1);
  const counted = new RegExp(
    `\\b${counts} ((?:[\\p{L}-]+ )?[\\p{L}-]+s)(?: ((?:of|to|for) .+))?$`,
    'iu',
  ).exec(said.trim());
  const noun = counted?.[1] ?? (/^(?:[\p{L}-]+ ){0,2}[\p{L}-]+$/u.test(said.trim()) ? said.trim() : '');
  if (
    !isPlural(noun) ||
    /^(?:\p{L}+ )?(?:things|following|ones|notes|details|basics|others|examples)$/iu.test(noun)
  )
    return undefined;
  if (/^(?:types|kinds|sorts|ways|modes|forms|options|parts)$/i.test(noun) && counted?.[2] === undefined)
    return undefined;
  const kind = `${singularHead(noun)}${counted?.[2] === undefined ? '' : ` ${counted[2]}`}`;
  return kind.split(' ').length > 5 ? undefined : lowerFirst(kind);
}

/** 'roles in a team' is 'role in a team'. */
function singularHead(noun: string): string {
  return noun.replace(/\S+(?=$| (?:of|in|to|for|on|with|from)\b)/, (last) => singular(last));
}
