import { singular } from '../grammar.js';
import { askingWords } from '../wording.js';

const openings = [
  /^(?:(?:hey|hi|hello|ok|please|so|um)[ ,!]+)+/,
  /^(?:(?:can|could|would|will) (?:you|someone|anyone|anybody) )?(?:please )?(?:tell|teach|show|give|remind) (?:me|us) (?:more )?(?:(?:about|what|an?|the|of) )*/,
  /^(?:i|we) (?:do not|don t|don't) (?:understand|know|get) (?:what )?/,
  /^(?:i|we) (?:want|need|would like) to (?:know|understand|learn) (?:(?:about|what|more) )*/,
  /^(?:can|could|would|will) (?:you|someone|anyone|anybody) (?:please )?/,
  /^(?:please )?(?:explain|define|describe|summari[sz]e|clarify|expand|elaborate on|look up|lookup|search for|find)(?: (?:me|us|to me|to us))? (?:(?:what|how) )?/,
  /^(?:(?:the )?(?:meaning|definition|purpose|role|job|function|point|full form|idea) of )/,
];
const isQuestion = /^(?:what|which|who|whom|whose|where|when|why|how|does|do|is|are|can)\b/;
const namesOnly =
  /^(?:what|who)(?: exactly| actually)?(?:'s|s| is| are| was| were|'re) (?!(?:used|responsible|needed|required|able|called|it called|optional|meant)\b)(?:meant by )?(?:(?:a|an|the) )?/;
const unspacedFrame =
  /(?:什么是|是什么(?:意思)?|请?解释(?:一下)?|介绍(?:一下)?|とは(?:何ですか|なんですか|何)?|って(?:何|なに)(?:ですか)?|について(?:教えて(?:ください)?)?|[?？。!！])/gu;

/** The query without the words that only ask, and whether a whole sentence is left. */
export function withoutFrame(text: string): { text: string; sentence: boolean } {
  let rest = text.replace(unspacedFrame, ' ').trim();
  for (const opening of openings) rest = rest.replace(opening, '');
  const bare = rest.replace(namesOnly, '');
  for (const opening of openings.slice(-1)) rest = rest.replace(opening, '');
  const sentence = (bare === rest && isQuestion.test(rest)) || / (?:that|which|who|whose) /.test(bare);
  return { text: bare.replace(/[?!.\s]+$/, ''), sentence };
}

/** True for 'what keeps the DNA?': it asks for a doer, and what it names is done to. */
export function asksForDoer(text: string): boolean {
  const verb = doer.exec(text)?.[1];
  return verb !== undefined && !askingWords.has(singular(verb));
}

const doer =
  /^(?:what|who|which(?: [\p{L}-]+){1,3}?) (?!does\b|is\b|was\b|has\b)([\p{L}]+s) (?!do\b|does\b|is\b|are\b|can\b|should\b|will\b)/u;

const versus = /\s*(?:\bvs\b\.?|\bversus\b|\bcompared (?:to|with)\b|\bas opposed to\b)\s*/;
const comparison =
  /\b(?:differences?|compare|comparison|distinguish|choose|decide)\b(?: (?:is|are|between|of|the|there|main|key|a))* (.+?) (?:and|or|from|with|to) (.+)$/;

/** The things compared, or undefined where the query compares nothing. */
export function sidesOf(text: string): readonly string[] | undefined {
  const plain = withoutFrame(text).text;
  const apart = plain.replace(/^(?:(?:the )?difference between|compare) /, '').split(versus);
  if (apart.length > 1) return apart.every((side) => side !== '') ? apart.slice(0, 4) : undefined;
  const [, one, other] = comparison.exec(text.replace(/[?!.\s]+$/, '')) ?? [];
  if (one !== undefined && other !== undefined) return [...one.split(/\s*,\s*/), other].slice(0, 4);
  const joined = plain.split(/\s*(?:,| and | or )\s*/).filter((side) => side !== '');
  return joined.length > 1 && joined.length <= 4 && !isQuestion.test(plain) ? joined : undefined;
}
