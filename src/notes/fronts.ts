import { isPlural, singular, startsWithVerb, wordsOf } from './grammar.js';
import type { Concept, Fact, MemberList } from './model.js';

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
function nameInText(concept: Concept): string {
  const lead = concept.facts.find((fact) => fact.lead !== undefined)?.lead ?? '';
  if (lead === `\`${concept.term}\``) return lead;
  const at = lead.toLowerCase().lastIndexOf(concept.term.toLowerCase());
  const article = at < 0 ? undefined : /\b(an?|the)\s+$/i.exec(lead.slice(0, at))?.[1]?.toLowerCase();
  if (article !== undefined) return `${article} ${concept.term}`;
  const definition = concept.facts.find((fact) => fact.kind === 'definition');
  if (definition !== undefined) {
    const said = new RegExp(`^(an?)\\s+${escapeRegExp(concept.term)}\\b`, 'i')
      .exec(definition.text)?.[1]
      ?.toLowerCase();
    if (said !== undefined) return `${said} ${concept.term}`;
  }
  return concept.term;
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
  return capital(text);
}

function canStandFor(pronoun: string, term: string): boolean {
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
  const made = /^(.+?) (?:consists? of|is made (?:up )?of|is composed of)\b/i.exec(said);
  if (made) return `What does ${inSentence(made[1] ?? '')} consist of?`;
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

function does(verb: string): string {
  return /s$/.test(verb) && !/ss$/.test(verb) ? 'does' : 'do';
}

/** 'runs' is 'run', 'has' is 'have'. */
function baseOf(verb: string): string {
  const word = verb.toLowerCase();
  if (word === 'has') return 'have';
  if (word === 'does') return 'do';
  if (/(ches|shes|sses|xes|zes|oes)$/.test(word)) return word.slice(0, -2);
  return singular(word);
}

/** A subject in the middle of a sentence: 'Control plane' is 'the control plane', a name stays. */
function inSentence(subject: string): string {
  if (/^(the|an?|each|every|all)\s/i.test(subject)) return lower(subject);
  const first = subject.split(' ')[0] ?? '';
  if (/^\p{Lu}[\p{Ll}]+$/u.test(first) && / \p{Ll}/u.test(subject)) {
    return `${isPlural(subject) ? '' : 'the '}${lower(subject)}`;
  }
  return /^\p{Lu}\p{Ll}+s$/u.test(subject) && isPlural(subject) ? lower(subject) : subject;
}

function lower(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** A question that the statement answers; undefined where no good one can be made of its words. */
export function factFront(fact: Fact, concept: Concept, context: string | undefined): string | undefined {
  const subject = nameInText(concept);
  const of = context === undefined ? subject : `${subject} (${context})`;
  const text = fact.text.replace(/[\s:：.]+$/, '');
  const rest = /^(?:it|they)\s+(.+)$/i.exec(text)?.[1] ?? (startsWithVerb(text) ? text : undefined);
  if (rest === undefined) return undefined;
  const pronoun = /^(it|they)\s/i.exec(text)?.[1];
  if (pronoun && !canStandFor(pronoun, concept.term)) return undefined;
  const [first = '', second = ''] = wordsOf(rest);
  if (/^(can|could)$/.test(first) && second !== 'not') {
    return second === 'be' ? `What can be done with ${of}?` : `What can ${of} do?`;
  }
  if (
    /^(is|are|was|were|has|have|does|do|will|should|must|may|might|can't|cannot|isn't|aren't|could|would)$/.test(
      first,
    )
  )
    return undefined;
  return factOfVerb(rest, first, of, isPlural(concept.term));
}

function factOfVerb(rest: string, verb: string, of: string, plural: boolean): string | undefined {
  if (!/s$/.test(verb) || wordsOf(rest).length < 3) return undefined;
  const preposition = /^\w+ (with|to|from|on|in|for|by|into|as|of)\b/i.exec(rest)?.[1]?.toLowerCase();
  const infinitive = /^(allows|enables|lets|helps|requires|makes) (us |you |users |them )?(to )?[a-z]+/i.exec(
    rest,
  );
  const auxiliary = plural ? 'do' : 'does';
  if (infinitive && !preposition && /^(allows|enables|lets|helps)$/.test(verb)) {
    const whom = infinitive[2] ?? '';
    if (whom === '' && verb !== 'helps') return `What ${auxiliary} ${of} ${baseOf(verb)}?`;
    return verb === 'lets'
      ? `What ${auxiliary} ${of} let ${whom}do?`
      : `What ${auxiliary} ${of} ${baseOf(verb)} ${whom}to do?`;
  }
  return `What ${auxiliary} ${of} ${baseOf(verb)}${preposition ? ` ${preposition}` : ''}?`;
}
