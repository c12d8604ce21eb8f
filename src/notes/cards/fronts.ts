import { isPlural, singular, startsWithVerb } from '../grammar.js';
import type { Concept, Fact, MemberList } from '../model.js';

/** 'What is etcd?', 'What are Pods?', 'In EKS, what does “Self managed” mean?' */
export function definitionFront(concept: Concept, context: string | undefined): string {
  const before = context === undefined ? '' : `In ${context}, `;
  const what = before === '' ? 'What' : 'what';
  const named = nameInText(concept);
  if (isQuality(concept.term)) return `${before}${what} does “${concept.term}” mean?`;
  return `${before}${what} ${isPlural(concept.term) ? 'are' : 'is'} ${named}?`;
}

/** 'Self managed', 'On demand': words that describe and do not name. */
function isQuality(term: string): boolean {
  return /(ed|able|ible|less|ful)$/i.test(term) && / /.test(term);
}

/** The term as it stands in a sentence: with its article and code marks. */
export function nameInText(concept: Concept): string {
  const lead = concept.facts.find((fact) => fact.lead !== undefined)?.lead ?? '';
  if (lead === `\`${concept.term}\``) return lead;
  const at = lead.toLowerCase().lastIndexOf(concept.term.toLowerCase());
  const article = at < 0 ? undefined : /\b(an?|the)\s+$/i.exec(lead.slice(0, at))?.[1]?.toLowerCase();
  if (article !== undefined) return `${article} ${concept.term}`;
  const definition = concept.facts.find((fact) => fact.kind === 'definition')?.text ?? '';
  const defined = new RegExp(`^(an?) ${escapeRegExp(concept.term)}\\b`, 'i').exec(definition)?.[1];
  if (defined !== undefined) return `${defined.toLowerCase()} ${concept.term}`;
  const used = articleInUse(concept);
  return used === undefined ? concept.term : `${used} ${lower(concept.term)}`;
}

/** The article that the notes themselves put before the term, or before what it is. */
function articleInUse(concept: Concept): string | undefined {
  const { term } = concept;
  // 'EKS' and 'Auto Mode' are names, and names and plurals have none.
  if (isPlural(term) || /\p{Lu}.*\p{Lu}|^\p{Ll}|\d|`/u.test(term)) return undefined;
  const name = escapeRegExp(term.charAt(0).toLowerCase() + term.slice(1));
  const said = concept.facts
    .map((fact) => new RegExp(`\\b(an?|the|each|every) ${name}\\b`, 'i').exec(fact.text)?.[0])
    .find((match) => match?.endsWith(term.charAt(0).toLowerCase() + term.slice(1)));
  if (said !== undefined) return /^the/i.test(said) ? 'the' : articleFor(term);
  const gloss = concept.facts.find((fact) => fact.kind === 'definition')?.text ?? '';
  const first = term.includes(' ') ? /^(an?|the)\s/.exec(gloss)?.[1] : undefined;
  return first === undefined ? undefined : first === 'the' ? 'the' : articleFor(term);
}

function articleFor(term: string): string {
  return /^[aeiou]/i.test(term) ? 'an' : 'a';
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The statement as a sentence of its own: the term takes the place of 'It' and of a missing subject. */
export function withSubject(fact: Fact, term: string): string {
  const text = fact.markdown.replace(/[\s:：]+$/, '');
  if (fact.lead !== undefined) return capital(text);
  const pronoun = /^(it|they)\s+(?=\S)/i.exec(text);
  if (pronoun && canStandFor(pronoun[1] ?? '', term)) return `${term} ${text.slice(pronoun[0].length)}`;
  if (startsWithVerb(text)) return `${term} ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return text;
}

/** Whether 'it' or 'they' can mean the term. */
export function canStandFor(pronoun: string, term: string): boolean {
  return (pronoun.toLowerCase() === 'they') === isPlural(term);
}

function capital(text: string): string {
  return /^\p{Ll}[\p{Ll}\s]/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** A question for the members of a list, from the words that announce them. */
export function listFront(list: MemberList, concept: Concept, context: string | undefined): string {
  const intro = list.intro.replace(/[\s:：.]+$/, '');
  return (
    fromSentence(intro, concept) ??
    fromNounPhrase(intro, concept) ??
    `What do the notes list for ${context === undefined ? '' : `${context}, `}“${intro}”?`
  );
}

function fromSentence(intro: string, concept: Concept): string | undefined {
  const said = intro.replace(/^(it|they)\b/i, concept.term);
  const ways =
    /^(.+?) (can|may|must|should) be (\w+) in (?:\w+ )?(?:different|several|various|many|multiple|\d+|two|three|four|following)?\s*(ways|modes|forms)$/i.exec(
      said,
    );
  if (ways)
    return `In which ${ways[4]?.toLowerCase()} ${ways[2]?.toLowerCase()} ${inSentence(ways[1] ?? '')} be ${ways[3]}?`;
  const made = /^(.+?) (?:consists? of|is made (?:up )?of|is composed of)\b/i.exec(said);
  if (made) return `What does ${inSentence(made[1] ?? '')} consist of?`;
  const following =
    /^(.+?)\s+(?:(can|may|must|should|will) )?([a-z]+)\s+(?:the following|these|different|several|various|\d+|two|three|four|five|six)(?: (?:different|main))?\s+([\p{L}\d -]+)$/iu.exec(
      said,
    );
  if (following) {
    const [, subject = '', modal, verb = '', noun = ''] = following;
    if (modal) return `Which ${noun} ${modal.toLowerCase()} ${inSentence(subject)} ${verb}?`;
    if (/^(is|are)$/i.test(verb))
      return `Which ${noun} ${verb.toLowerCase()} ${/^there$/i.test(subject) ? 'there' : inSentence(subject)}?`;
    if (/^(has|have|offers|provides)$/i.test(verb))
      return `Which ${noun} ${does(verb)} ${inSentence(subject)} ${baseOf(verb)}?`;
    return `Which ${noun} ${does(verb)} ${inSentence(subject)} ${baseOf(verb)}?`;
  }
  const group = /^(.+?) (?:is|are) (?:an? )?(?:collection|set|group|bundle|combination) of (.+)$/i.exec(said);
  if (group) return `Which ${group[2]} make up ${inSentence(group[1] ?? '')}?`;
  const there =
    /^there are (?:(?:\d+|two|three|four|five|six|several|different|many|various|the following) )+(.+)$/i.exec(
      said,
    );
  if (there) return `Which ${there[1]} are there?`;
  const relative = /^([\p{L}-]+(?: [\p{L}-]+)?) (?:that|which|who) (.+)$/iu.exec(said);
  if (relative) return `Which ${relative[1]?.toLowerCase()} ${relative[2]}?`;
  return undefined;
}

function fromNounPhrase(intro: string, concept: Concept): string | undefined {
  const types =
    /^(?:(?:\d+|two|three|four|five|six|the|main|different) )*((?:types?|kinds?|ways?|modes?|options|components|parts|steps) (?:of|to|for|in) .+)$/i.exec(
      intro,
    );
  if (types) return `Which ${lower(types[1] ?? '')} are there?`;
  const named =
    /^(.+ )?(types|kinds|modes|options|components|parts|steps|phases|stages|classes|policies|tiers|states|levels|controllers|strategies)$/i.exec(
      intro,
    );
  if (named)
    return named[1]
      ? `Which ${inSentence(intro)} are there?`
      : `Which ${lower(intro)} of ${concept.term} are there?`;
  if (intro === concept.term)
    return isPlural(intro) ? `Which ${inSentence(intro)} are there?` : `What belongs to ${intro}?`;
  return undefined;
}

/** 'does' before what 'runs' ran, 'do' before what 'run' ran. */
export function does(verb: string): string {
  return /s$/.test(verb) && !/ss$/.test(verb) ? 'does' : 'do';
}

/** 'runs' is 'run', 'has' is 'have'. */
export function baseOf(verb: string): string {
  const word = verb.toLowerCase();
  if (word === 'has') return 'have';
  if (word === 'does') return 'do';
  if (/(ches|shes|sses|xes|zes|oes)$/.test(word)) return word.slice(0, -2);
  return singular(word);
}

/** A subject in the middle of a sentence: 'Control plane' is 'the control plane', a name stays. */
export function inSentence(subject: string): string {
  if (/^(the|an?|each|every|all)\s/i.test(subject)) return lower(subject);
  const first = subject.split(' ')[0] ?? '';
  if (/^\p{Lu}[\p{Ll}]+$/u.test(first) && / \p{Ll}/u.test(subject)) {
    return `${isPlural(subject) ? '' : 'the '}${lower(subject)}`;
  }
  return /^\p{Lu}\p{Ll}+s$/u.test(subject) && isPlural(subject) ? lower(subject) : subject;
}

function lower(text: string): string {
  return /^(?:\p{Lu}\p{Ll}|A )/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
