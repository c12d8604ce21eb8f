import { singular } from '../grammar.js';
import { askingWords } from '../wording.js';

const mistyped: readonly (readonly [RegExp, string])[] = [
  [/^(?:wich|whcih|whihc|hwich|wihch) /, 'which '],
  [/^(?:waht|whta|wat|hwat|wht|whay) /, 'what '],
  [/^(?:hwo|hwow|hw) /, 'how '],
  [/^(?:whats|what s|wats) /, 'what is '],
];

const openings = [
  /^(?:(?:hey|hi|hello|ok|please|so|um)[ ,!]+)+/,
  /^(?:(?:can|could|would|will) (?:you|someone|anyone|anybody) )?(?:please )?(?:tell|teach|show|give|remind) (?:me|us) (?:more )?(?:(?:about|what|an?|the|of) )*/,
  /^(?:i|we) (?:do not|don t|don't) (?:understand|know|get) (?:what )?/,
  /^(?:i|we) (?:want|need|would like) to (?:know|understand|learn) (?:(?:about|what|more) )*/,
  /^(?:can|could|would|will) (?:you|someone|anyone|anybody) (?:please )?/,
  /^(?:please )?(?:explain|define|describe|summari[sz]e|clarify|expand|elaborate on|look up|lookup|search for|find)(?: (?:me|us|to me|to us))? (?:(?:what|how) )?/,
  /^(?:(?:the )?(?:meaning|definition|purpose|role|job|function|point|full form|idea) of )/,
];
const isQuestion =
  /^(?:(?:on|in|at|to|from|for|with|by|under|through|into) )?(?:what|which|who|whom|whose|where|when|why|how|does|do|is|are|can)\b/;
const namesOnly =
  /^(?:what|who)(?: exactly| actually)?(?:'s|s| is| are| was| were|'re) (?!(?:used|responsible|needed|required|able|called|it called|optional|meant)\b)(?:meant by )?(?:(?:a|an|the) )?/;
const asksHowItIsFound =
  /^how (?:is|are|do (?:i|you|we)) (.+) (?:calculated|computed|measured|defined|spelled|abbreviated)[?.!\s]*$/;
const unspacedFrame =
  /(?:什么是|是什么(?:意思)?|请?解释(?:一下)?|介绍(?:一下)?|とは(?:何ですか|なんですか|何)?|って(?:何|なに)(?:ですか)?|について(?:教えて(?:ください)?)?|[?？。!！])/gu;

/** A query without the words that only ask, and what is left to be known of how it asks. */
export interface Asked {
  readonly text: string;
  /** True where a whole sentence is left. */
  readonly sentence: boolean;
  /** True for 'what keeps the DNA?': it asks for a doer, and what it names is done to. */
  readonly forDoer: boolean;
  /** True for 'how do pods find each other?': it asks about the very thing that does it. */
  readonly ofSubject: boolean;
  /** True for 'does Fargate support Windows?': it asks whether what it names first does so. */
  readonly whether: boolean;
  /** The word counted in 'how many containers can a pod have?'. */
  readonly counted: string | undefined;
  /** The activity in 'what do I use for scoring?': it asks for the thing that serves it. */
  readonly useFor: string | undefined;
  /** The superlative of 'what is the strongest level?': no other level answers it. */
  readonly extreme: string | undefined;
  /** The word behind it. */
  readonly extremeOf: string | undefined;
  /** What 'which type runs without nodes?' excludes. */
  readonly excluded: string | undefined;
  /** The thing in 'which port does the pooler listen on?': the question is about it. */
  readonly about: string | undefined;
}

const extremes = /\b(?:the|whose) (?:\p{L}+ )?(most|least|best|worst|\p{L}{3,}est) (\p{L}+)/u;
const noExtremes =
  /^(?:re|con|bi)?quest$|^(?:guest|forest|digest|ingest|manifest|harvest|interest|contest|protest|invest|suggest|arrest|honest|modest|latest)$/;
const exclusion = /\b(?:without|no|not|never) (?:(?:an?|any|the|its|our|my) )?(\p{L}+)/u;
const aboutThing =
  /^(?:\p{L}+ )?(?:what|which|when|where|how)\b.*? (?:can|does|do|did|will|should|must|may|could) (.+)$/u;

/** How a query asks, and what for. */
export function askedIn(query: string): Asked {
  let rest = query.replace(unspacedFrame, ' ').trim();
  for (const [slip, meant] of mistyped) rest = rest.replace(slip, meant);
  for (const opening of openings) rest = rest.replace(opening, '');
  rest = rest.replace(asksHowItIsFound, 'what is $1');
  const bare = rest.replace(namesOnly, '');
  for (const opening of openings.slice(-1)) rest = rest.replace(opening, '');
  const sentence = (bare === rest && isQuestion.test(rest)) || / (?:that|which|who|whose) /.test(bare);
  const text = bare.replace(/[?!.\s]+$/, '');
  return {
    text,
    sentence,
    forDoer: asksForDoer(text),
    whether: /^(?:does|do|did|is|are|was|were|has|have|can|could|will|would|should|must) /.test(text),
    ofSubject: /^(?:how|why) (?:do|does|did) /.test(text) && !/ be \p{L}+ed\b/u.test(text),
    useFor: /^what (?:do|can|should|would|does) (?:i|we|you|one) (?:use|need|take) (?:for|to) (.+)$/.exec(
      text,
    )?.[1],
    ...extremeIn(query),
    excluded: exclusion.exec(text)?.[1],
    about: aboutThing.exec(text)?.[1],
    counted: /^how (?:many|much) (?:\p{L}+ (?=of ))?(?:of )?(?:the )?(\p{L}+)/u.exec(text)?.[1],
  };
}

function extremeIn(query: string): Pick<Asked, 'extreme' | 'extremeOf'> {
  const [, word, of] = extremes.exec(query) ?? [];
  const isNone = word === undefined || noExtremes.test(word);
  return isNone ? { extreme: undefined, extremeOf: undefined } : { extreme: word, extremeOf: of };
}

const amount =
  '(?:no|one|two|three|four|five|six|seven|eight|nine|ten|single|several|multiple|many|few|half|more|most)';

/** True if the text gives a number of what is counted, or any number in digits. */
export function givesNumber(text: string, counted: string): boolean {
  const stem = counted.replace(/s$/, '');
  return /\d/.test(text) || new RegExp(`\\b${amount} (?:\\p{L}+ )?${stem}`, 'iu').test(text);
}

function asksForDoer(text: string): boolean {
  const verb = doer.exec(text)?.[1];
  return verb !== undefined && !askingWords.has(singular(verb));
}

const auxiliary =
  '(?:does|do|did|is|are|was|were|has|have|had|can|could|should|will|would|may|might|must)\\b';
const doer = new RegExp(
  `^(?:what|who|which(?: (?!${auxiliary})[\\p{L}\\d-]+){1,3}?) (?!${auxiliary})(\\p{L}+s) (?!${auxiliary})`,
  'u',
);

const versus = /\s*(?:\bvs\b\.?|\bversus\b|\bcompared (?:to|with)\b|\bas opposed to\b)\s*/;
const comparisons = [
  /\b(?:differences?|compare|comparison|distinguish(?:es)?|choose|decide)\b(?: (?:is|are|between|of|the|there|main|key|a))* (.+?) (?:and|or|from|with|to) (.+)$/,
  /^(?:how|in what way|where)(?: exactly)? (?:do|does|did|is|are|was|were) (.+?) (?:differ|different|distinct|distinguished)(?: from| to| than) (.+)$/,
  /^what (?:sets|tells|makes) (.+?) (?:apart|different)(?: from| to)? (.+)$/,
  /^(?:when|why|should|shall|do|can|which)\b.*? (?:use|choose|pick|prefer|take|want|need|better|faster|cheaper|safer)\b[,:]? (.+?),? (?:or|over|instead of|rather than) (.+)$/,
];

/** The things compared, or undefined where the query compares nothing. */
export function sidesOf(text: string): readonly string[] | undefined {
  const plain = askedIn(text).text;
  const apart = plain.replace(/^(?:(?:the )?difference between|compare) /, '').split(versus);
  if (apart.length > 1) return apart.every((side) => side !== '') ? apart.slice(0, 4) : undefined;
  const closed = text.replace(/[?!.\s]+$/, '');
  for (const comparison of comparisons) {
    const [, one, other] = comparison.exec(closed) ?? [];
    if (one !== undefined && other !== undefined) return [...one.split(/\s*,\s*/), other].slice(0, 4);
  }
  const joined = plain.split(/\s*(?:,| and | or )\s*/).filter((side) => side !== '');
  return joined.length > 1 && joined.length <= 4 && !isQuestion.test(plain) ? joined : undefined;
}
