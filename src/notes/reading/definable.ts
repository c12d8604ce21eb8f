import { isClause } from '../grammar.js';
import { isLabel } from './labels.js';
import { isName } from './lead.js';
import { namesNothing } from './sentences.js';
import { canBeSubject } from './subjects.js';
import { plainWords } from './words.js';

/** 'Mostly', 'there': at either end they show that no name stands between. */
const NO_NAME = /^\p{L}+ly\b|\b(?:there|here|it|they|them|we|you|he|she|this|that|these|those|now|then)$/iu;

/** Words that point at something and name nothing, as the first of a subject. */
const POINTER =
  /^(?:previous|next|last|first|second|third|above|following|same|other|another|whole|entire|rest|most|many|some|all|one|each|every|result|nothing|something|anything|everything|everyone|today|here|there|these|those|what|which|such|more|less|only|even|now|note|remember)\b/i;

/** 'idea', 'difference': said of what stands above, whatever the verb. */
const REMARK_SUBJECT =
  /(?:^|\s)(?:difference|idea|point|goal|aim|reason|way)$|^(?:result|answer|question|trick|rule|problem|key|author|section|chapter|figure|tables?|diagram|picture|image|notes?|course|book|file|line|word|name|version)$/i;

/** Whether the subject of a sentence can be a thing that the sentence defines. */
export function canBeDefined(name: string, maybeLabel = false): boolean {
  const isSubject = !isLabel(name) || (maybeLabel && canBeSubject(name));
  return (
    isSubject &&
    isName(plainWords(name), true) &&
    !isClause(name) &&
    !namesNothing(name) &&
    !POINTER.test(name) &&
    !NO_NAME.test(name) &&
    !REMARK_SUBJECT.test(name) &&
    !/\b(?:of|for|in|on|with|to|by|and|or|from|at|as|using|that|which|who|whose|when|where)\b/i.test(
      name.replace(/^\S+ of \p{Lu}\S*$/u, ''),
    )
  );
}

const OPENING =
  /^(?:(?:In|By|On|At|For|To|From|Under|Within|Among) (?:[\p{L}\d-]+ ){0,4}?[\p{L}\d-]+|Similarly|Finally|However|Likewise|Formally|Informally|Conversely|Today|Instead|Meanwhile|Moreover|Also|Next|Then|Simply put|Put simply|Strictly speaking),\s+(?=\p{L})/u;

const BETWEEN =
  /,\s(?:(?:also |sometimes |often |or )?(?:called|known as) [^,.;:()]{2,40}|by contrast|in contrast|on the other hand|on the contrary|however|in turn|meanwhile|then|finally|similarly|likewise|for (?:its|their) part|too|in short|in brief|strictly speaking),(?=\s)/iu;

/** The sentence without what joins it to those around: 'In law, a tort is ...', 'Inflection, by contrast, marks ...'. */
export function withoutAsides(sentence: string): string {
  return sentence.replace(OPENING, '').replace(BETWEEN, '');
}
