import { predicationOf } from '../cards/predication.js';
import { isImperative, isPlural, isVerb, singular, startsWithVerb } from '../grammar.js';
import type { Fact } from '../model.js';
import { finite, isClauseOfOther, isPluralClause, isSpliced, isWhole } from './clauses.js';
import { isActivity, lowerFirst, nounPhrase, openingOf, tellsMore, worded } from './nounphrases.js';
import { mayBeNouns, ofOne, unlistedVerbs } from './verbs.js';

/** Something that a line says of its concept, said without naming it. */
export type Saying =
  /** 'assigns pods to nodes': follows 'which component ...'. */
  | { readonly form: 'verb'; readonly text: string }
  /** 'can be scaled': follows 'which component, by the notes, ...'. */
  | { readonly form: 'ability'; readonly text: string }
  /** 'a networking proxy': follows 'which component is ...'. */
  | { readonly form: 'noun'; readonly text: string; readonly quoted: string }
  /** 'monitoring node outages': follows 'which controller is responsible for ...'. */
  | { readonly form: 'activity'; readonly text: string }
  /** 'nodes are managed by EKS': a sentence with a subject of its own, `whole` where it can follow 'that'. */
  | { readonly form: 'clause'; readonly text: string; readonly whole: boolean };

/** Why nothing can be asked of a line; counted. */
export type Refusal =
  | 'pronoun'
  | 'conditional'
  | 'length'
  | 'markup'
  | 'own subject'
  | 'list'
  | 'truism'
  | 'ability';

const longestSaying = 30;
const asides =
  /\s*[([](?:example|e\.?g\.?|i\.?e\.?|for example|such as|similar|see|like|formerly|default|optional|note)\b[^)\]]*[)\]]/giu;
const markup = /https?:|=>|->|\||\{\{|```|<[a-z/]|\[\[|\$\$|!\[/i;
const dangling =
  /\b(?:these|those|both|the (?:above|following|former|latter)|(?:the )?same (?:as|way|thing|applies|goes|holds)|^same|aforementioned|see (?:above|below))\b/i;
const conditional =
  /^(?:if|when|whenever|unless|to|for|in|on|with|by|use|choose|note|remember|warning|although|while|because|since|depending|from|after|before|between|at|under|within|during|without)\b/i;
/** 'Written in Scala', 'reviewed every week': what was done to it. */
const participle =
  /^(?:\p{L}{3,}ed|written|made|built|kept|held|sent|known|given|taken|found|drawn|shown|sold|led|run) (?:with|by|in|to|from|for|on|as|at|of|via|through|only|every|each|once|twice|daily|weekly|when|after|before|until)\b/iu;

/** What a line says of the concept with these names, sentence by sentence; or why nothing can be asked of it. */
export function sayingsOf(fact: Fact, names: readonly string[]): readonly (Saying | Refusal)[] {
  const text = fact.text
    .replace(asides, '')
    .replace(/,?\s*\betc\b\.?/gi, '')
    .trim();
  if (/[:：]$/.test(text)) return ['list'];
  // A row of a table, 'zones: 3; size: 5 TB', is asked by its cells.
  if (/^[^:;]{1,40}: [^:;]{1,60}; [^:;]{1,40}: /.test(text)) return ['markup'];
  const sentences = text.split(/(?<=[.!?。])\s+(?=[\p{Lu}"“`])/u).map(trimmed);
  const owned = fact.kind === 'definition' && fact.lead !== undefined;
  const first = sayingOf(sentences[0] ?? '', names, owned, false);
  // 'It' in a later sentence stands for the subject of the first one.
  const later = sentences.slice(1).map((sentence) => {
    if (first === 'own subject' || (typeof first !== 'string' && first.form === 'clause'))
      return 'own subject';
    return sayingOf(sentence, names, false, true);
  });
  return [first, ...later];
}

function trimmed(sentence: string): string {
  return sentence
    .replace(/[\s.;:,。]+$/u, '')
    .replace(/\s+(?:is|are)$/i, '')
    .trim();
}

function sayingOf(
  sentence: string,
  names: readonly string[],
  owned: boolean,
  later: boolean,
): Saying | Refusal {
  const words = sentence.split(/\s+/);
  if (words.length > longestSaying) return 'length';
  if (markup.test(sentence)) return 'markup';
  const named = /^(.{8,}) (?:is|are) (?:also )?(?:called|known as|named|termed) (?:an? |the )?(.+)$/i.exec(
    sentence,
  );
  if (named !== null && names.some((name) => name.toLowerCase() === named[2]?.toLowerCase())) {
    return nounPhrase(named[1] ?? '');
  }
  const spoken = withoutSubject(
    sentence,
    names,
    later || (owned && /^(?:this is|these are) /i.test(sentence)),
  );
  if (spoken === undefined) return 'pronoun';
  const { text, subject } = spoken;
  if (
    dangling.test(text) ||
    (/\b(?:it|them|this)$/i.test(text) &&
      !/\b(?:that|which|who|whose|an?|the|any|each|every|several|multiple)\b/i.test(text))
  )
    return 'pronoun';
  const verb = verbPhrase(text, subject, later ? 3 : 2, owned);
  if (verb !== undefined) return verb;
  if (owned && /^(?:how|who|where|when|why|whether)\b/i.test(text))
    return worded(text) < 2 ? 'truism' : { form: 'verb', text: `tells ${lowerFirst(text)}` };
  if (owned && /^what\b/i.test(text)) return { form: 'noun', text: '', quoted: text };
  if (participle.test(text))
    return worded(text) < 2 ? 'truism' : { form: 'verb', text: `is ${lowerFirst(text)}` };
  if (owned && /^(?:from|after|before|between|at|within|during) /i.test(text) && worded(text) > 1)
    return { form: 'clause', text, whole: false };
  const order = owned || subject === undefined ? orderIn(text, names, owned) : undefined;
  if (order !== undefined) return order;
  if (conditional.test(text)) return 'conditional';
  const activity =
    owned && /^\p{L}+ing (?:and \p{L}+ing )?(?!is\b|are\b)\p{L}+/iu.test(text) && isActivity(text);
  // 'Assigning a value passes its ownership on': what is done does something in turn.
  if (activity && tellsMore(text)) return { form: 'clause', text, whole: false };
  if (activity) return worded(text) < 2 ? 'truism' : { form: 'activity', text: lowerFirst(text) };
  // 'Assigned pods to nodes': what was done, of nobody knows whom.
  if (/^\p{L}{3,}ed \p{Ll}+s\b/iu.test(text)) return 'own subject';
  // 'The grinder matters more': a sentence that names its subject is no name for it.
  if (!owned && subject === undefined && speaksOfOther(text, names)) return 'own subject';
  if (owned && subject === undefined && /^(?:only|all|both|most|some|no|never|always) /i.test(text))
    return { form: 'clause', text, whole: false };
  if (
    /^the (?:moment|time|point|day|phase|state|situation|case|place) (?:when|where|(?:at|in|on) which)\b/i.test(
      text,
    )
  )
    return nounPhrase(text);
  if (isPluralClause(text))
    return owned
      ? { form: 'clause', text, whole: text.split(' ').length > 3 && !isSpliced(text) }
      : 'own subject';
  if (isClauseOfOther(text)) {
    return owned ? { form: 'clause', text, whole: isWhole(text) && !isSpliced(text) } : 'own subject';
  }
  if (subject === undefined && later) return 'own subject';
  if (owned && /^(?:the|an?) /i.test(text) && predicationOf(text) !== undefined)
    return { form: 'clause', text, whole: false };
  return subject === undefined ? nameFor(text, names, owned) : nounPhrase(text);
}

/** The sentence after its subject, where that is the concept itself or a pronoun for it. */
function withoutSubject(
  sentence: string,
  names: readonly string[],
  later: boolean,
): { text: string; subject: string | undefined } | undefined {
  const pronoun = later ? /^(?:it|they|this|these)\s+/i : /^(?:it|they)\s+/i;
  const led = pronoun.exec(sentence)?.[0];
  if (led !== undefined) return { text: sentence.slice(led.length), subject: led.trim() };
  if (/^(?:this|these|that|those|he|she|we|you|i|its|their|there)\b/i.test(sentence)) return undefined;
  for (const name of names.flatMap((one) => [one, singular(one)])) {
    const start = new RegExp(`^(?:an?\\s|the\\s|each\\s|every\\s)?${escaped(name)}s?\\s+`, 'i').exec(
      sentence,
    )?.[0];
    if (start !== undefined && finiteStart(sentence.slice(start.length))) {
      return { text: sentence.slice(start.length), subject: name };
    }
  }
  return { text: sentence, subject: undefined };
}

/** A noun phrase as the name's meaning, unless the name is of many and the phrase of one. */
function nameFor(text: string, [name = '']: readonly string[], owned: boolean): Saying | Refusal {
  const said = nounPhrase(text);
  if (typeof said === 'string' || !isPlural(name) || (owned && /^(?:an?|the)\s/i.test(text))) return said;
  const isPair = /^\p{Ll}+ \p{Ll}+$/u.test(openingOf(text));
  const isMany = !isPair && (said.form !== 'noun' || said.text === '');
  if (isMany || isPlural(openingOf(text))) return said;
  return owned ? { form: 'clause', text, whole: false } : 'own subject';
}

/** True for a sentence with a subject or an order of its own: none of them is a name for the concept. */
function speaksOfOther(text: string, names: readonly string[]): boolean {
  const opensWith = (name: string): boolean =>
    new RegExp(
      `^(?:an?\\s|the\\s|each\\s|every\\s)?${escaped(singular(name))}(?:s|es)?\\s+\\p{Ll}`,
      'iu',
    ).test(text);
  return (
    names.some(opensWith) ||
    predicationOf(text) !== undefined ||
    isImperative(text) ||
    // 'Backflush the machine', 'Fix by grinding', 'Dose: the weight of the coffee'
    /^(?!half|all|both)\p{L}+ (?:the|an?|its|your|our|it|by)\s/iu.test(text) ||
    /^[^:]{2,40}: /.test(text)
  );
}

function finiteStart(text: string): boolean {
  const first = text.split(/\s/, 1)[0]?.toLowerCase() ?? '';
  return isVerb(first) || unlistedVerbs.has(first);
}

function verbPhrase(
  said: string,
  subject: string | undefined,
  fewest: number,
  owned: boolean,
): Saying | Refusal | undefined {
  const [text = ''] = said.split(/;\s/, 1);
  if (/^(?:has|have) (?:two|three|four|five|six|\d+|several|many) \p{L}+(?:$|:)/iu.test(text))
    return 'truism';
  if (/^(?:can|could|may|might)\b/i.test(text)) {
    return worded(text) < 2 ? 'ability' : { form: 'ability', text: lowerFirst(text) };
  }
  const being = /^(?:is|are)\s+(?:also\s+)?(.+)$/i.exec(text)?.[1];
  if (being !== undefined && subject !== undefined) {
    if (/^(?:common|possible|important|recommended|best|not)\b/i.test(being)) return 'truism';
    if (/^(?:an?|the)\s/i.test(being)) return nounPhrase(being);
    if (/^(?:\p{L}+ed|built|made|run|kept|set|what)\b/iu.test(being))
      return { form: 'verb', text: `is ${being}` };
    return isPlural(openingOf(being)) ? nounPhrase(being) : { form: 'verb', text: `is ${being}` };
  }
  if (subject === undefined && !startsWithVerb(text) && !looksLikeVerb(text, owned)) return undefined;
  const shown = agreeing(lowerFirst(text.split(/[:;]\s/, 1)[0] ?? text), /^they$/i.test(subject ?? ''));
  // 'holds the filter' under a name: one object is enough, if the verb says something.
  const isTelling = owned && !/^(?:is|has|can|uses|needs|runs|does|gets|makes)\b/i.test(shown);
  return worded(shown) < (isTelling ? 1 : fewest) ? 'truism' : { form: 'verb', text: shown };
}

/** 'notices nodes that ...', 'weighs the ...': a word in -s before the object of a verb. */
function looksLikeVerb(text: string, owned: boolean): boolean {
  const [, word = '', next = ''] = /^(\p{L}+s) (\p{L}+)/u.exec(text) ?? [];
  const isListed = unlistedVerbs.has(word.toLowerCase());
  // 'Shifts last a week' speaks of shifts, 'shifts the load' says what something does.
  const isNoun =
    mayBeNouns.test(word) &&
    (/^(?:for|with|after|before|in|on|at|by|from|per)$/i.test(next) ||
      (!owned && !/^(?:an?|the|any|all|every|each|its|their)$/i.test(next)));
  if (isNoun || finite.test(next)) return false;
  if (isListed && !/^(?:that|which|who|whose|of|and|or)$/i.test(next)) return true;
  if (/^(?:asks|tells|says|shows|decides|knows|determines)$/i.test(word)) return true;
  const [, first = '', second = ''] = /^(\p{L}+s) (\p{L}+)/u.exec(text) ?? [];
  if (singular(first) === first || /^(?:is|was|its|this|as|whose|unless)$/i.test(second)) return false;
  return (
    /^(?:an?|the|any|all|every|each|one|its|their|your|our)$/i.test(second) ||
    /\p{Ll}{2}[^su]s$/u.test(second)
  );
}

/** Words after 'they' that are no verb, or that stay as they are. */
const notInflected =
  /^(?:can|could|may|might|must|will|would|should|are|were|have|do|did|had|also|often|never|always|only|both|then|now|not)$|ly$|ed$/;

/** 'have' and 'run' as they follow 'what': 'has', 'runs'; after 'they' any verb does. */
function agreeing(text: string, plural: boolean): string {
  const said = /^are (?:\p{L}+ly )?\p{L}+(?:ed|en|ilt|own|ept|ade) /iu.test(text)
    ? `is${text.slice(3)}`
    : text;
  return inflected(said, plural);
}

function inflected(text: string, plural: boolean): string {
  const [, first = ''] = plural ? (/^(\p{Ll}{2,}[^s\P{Ll}]) /u.exec(text) ?? []) : [];
  if (first !== '' && !notInflected.test(first)) return ofOne(text);
  return text.replace(
    /^(have|do|run|use|provide|allow|support|start|contain|need|require|work|depend|include|let)\b/i,
    (verb) => {
      if (/^have$/i.test(verb)) return 'has';
      return /^do$/i.test(verb) ? 'does' : `${verb}s`;
    },
  );
}

/** 'make it less likely' under a name for what is done, 'build the product' under a name for those who do. */
function orderIn(text: string, [name = '']: readonly string[], owned: boolean): Saying | undefined {
  if (!owned && !isPlural(name)) return undefined;
  const [, verb = '', next = ''] = /^(\p{L}+) (\p{L}+)/u.exec(text) ?? [];
  const third = `${verb.toLowerCase()}s`;
  const isBase = isVerb(third) || unlistedVerbs.has(third) || isImperative(`${verb} x`);
  const object = /^(?:an?|the|it|its|them|their|your|our|all|each|every|some(?:body|one|thing))$/i;
  // 'Inverters: feed the current ...': no noun stands right before an article.
  const isGiven =
    isPlural(name) &&
    isBase &&
    !/^(?:of|is|are|that|which|who|and|or)$/i.test(next) &&
    !mayBeNouns.test(third);
  const isDone =
    isPlural(name) &&
    /^(?!of |as |like |than |via |per |about |over |through |both |half )\p{Ll}+(?<!s|[^e]ed|ing|ly) (?:(?:an?|the|its|their|what|how)\b|\p{L}+ (?:into|to|from|through|across|between)\b)/u.test(
      text,
    ) &&
    !conditional.test(text);
  if (!isDone && !isGiven && !(isBase && object.test(next))) return undefined;
  if (worded(text) < 2) return undefined;
  const said = lowerFirst(text);
  return isPlural(name) ? { form: 'verb', text: ofOne(said) } : { form: 'verb', text: `means to ${said}` };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
