import { isPlural, singular, startsWithVerb } from '../grammar.js';
import type { Concept, Fact } from '../model.js';

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
  const known = namesInText.get(concept);
  if (known !== undefined) return known;
  const name = findNameInText(concept);
  namesInText.set(concept, name);
  return name;
}

/** Every statement of a concept asks for its name. */
const namesInText = new WeakMap<Concept, string>();

function findNameInText(concept: Concept): string {
  const lead = concept.facts.find((fact) => fact.lead !== undefined)?.lead ?? '';
  if (lead === `\`${concept.term}\``) return lead;
  const at = lead.toLowerCase().lastIndexOf(concept.term.toLowerCase());
  const article = at < 0 ? undefined : /\b(an?|the)\s+$/i.exec(lead.slice(0, at))?.[1]?.toLowerCase();
  if (article !== undefined) return `${article} ${concept.term}`;
  const definition = concept.facts.find((fact) => fact.kind === 'definition')?.text ?? '';
  const defined = /^an?\s/i.test(definition)
    ? new RegExp(`^(an?) ${escapeRegExp(concept.term)}\\b`, 'i').exec(definition)?.[1]
    : undefined;
  if (defined !== undefined) return `${defined.toLowerCase()} ${concept.term}`;
  const used = articleInUse(concept);
  if (used !== undefined) return `${used} ${lower(concept.term)}`;
  const name = / \p{Ll}/u.test(concept.term) ? lower(concept.term) : concept.term;
  return COUNTABLE.test(concept.term) ? `${articleFor(name)} ${name}` : concept.term;
}

/** Last words of names which stand for one of many: 'Node Controller', 'name server'. */
const COUNTABLE =
  / (?:account|agent|address|algorithm|attack|balancer|branch|bucket|cache|certificate|cell|check|client|cluster|column|commit|connection|container|controller|database|device|disk|endpoint|engine|factor|file|firewall|function|gateway|group|header|host|image|index|instance|interface|job|join|key|layer|lock|log|machine|message|model|node|number|object|operator|packet|partition|plan|plane|policy|pool|port|process|protocol|proxy|query|queue|record|region|replica|repository|request|role|router|rule|scheduler|scope|server|set|snapshot|stack|statement|store|stream|subnet|switch|system|table|tag|task|template|thread|token|topic|transaction|tree|trigger|tunnel|type|user|value|variable|view|volume|zone)$/i;

/** The article that the notes themselves put before the term, or before what it is. */
function articleInUse(concept: Concept): string | undefined {
  const { term } = concept;
  // 'EKS' and 'Auto Mode' are names, and names and plurals have none.
  if (isPlural(term) || /\p{Lu}.*\p{Lu}|^\p{Ll}|\d|`/u.test(term)) return undefined;
  const small = term.charAt(0).toLowerCase() + term.slice(1);
  // Few lines hold the term, and to look for it is quicker than to compile a pattern.
  const naming = concept.facts.filter((fact) => fact.text.includes(` ${small}`));
  const inUse =
    naming.length === 0 ? undefined : new RegExp(`\\b(an?|the|each|every) ${escapeRegExp(small)}\\b`, 'i');
  const said = naming.map((fact) => inUse?.exec(fact.text)?.[0]).find((match) => match?.endsWith(small));
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

/** A sentence's first word in the middle of one. */
export function lower(text: string): string {
  return /^(?:\p{Lu}\p{Ll}+(?!\p{Lu})\b|A )/u.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
