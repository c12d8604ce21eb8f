import { isAcronymOf, wordsOf } from '../grammar.js';

/** Words that name a part of an explanation, not a thing that is explained. */
const LABELS = wordSet(
  `example|examples|e.g|eg|use case|use cases|usage|benefit|benefits|feature|features|key features|limitation|limitations|
  limit|limits|consideration|considerations|key considerations|billing|pricing|price|cost|costs|note|notes|important|warning|
  tip|tips|hint|caveat|caveats|solution|solutions|problem|problems|summary|default|defaults|best practice|best practices|
  advantage|advantages|disadvantage|disadvantages|pro|pros|con|cons|pros and cons|drawback|drawbacks|downside|downsides|
  security|terminology|concept|concepts|key concepts|core concepts|basic concepts|option|options|state|states|supported|
  unsupported|not supported|definition|description|purpose|why|how|what|when|where|who|how it works|how to|why use it|
  when to use|when to use it|overview|introduction|intro|background|context|architecture|structure|details|detail|
  components|parts|types|kinds|modes|steps|step|process|procedure|setup|installation|configuration|config|requirements|
  prerequisites|properties|attributes|characteristics|parameters|settings|result|results|output|input|inputs|outputs|
  reference|references|resources|links|see also|related|further reading|source|sources|todo|tl;dr|tldr|misc|miscellaneous|glossary|dictionary|vocabulary|terms|definitions|
  other|others|general|basics|fundamentals|key points|key takeaways|takeaways|takeaway|good to know|faq|questions|exam|
  exam tips|exam tip|remember|reminder|key facts|facts|comparison|differences|difference|similarities|commands|command|
  syntax|performance|availability|scalability|durability|troubleshooting|mitigation|afterwards|conclusion|more|deep dive|contents|
  table of contents|quick start|getting started|agenda|goals|goal|objective|objectives|workflow|roles|responsibilities|
  rules|rule of thumb|scenario|scenarios|format|formats|meaning|in short|in general|additionally|alternatively|however|
  decision|decisions|action|actions|action items|next steps|attendees|participants|apologies|follow-up|follow-ups|follow up|open questions|lessons learned|root cause|blockers|precedence|order|priority|hints|cause|causes|effect|effects|impact|significance|outcome|consequences|sign|signs|symptom|
  symptoms|treatment|treatments|therapy|diagnosis|prognosis|prevention|complications|risk|risks|risk factors|side effects|indications|
  contraindications|dose|dosage|mechanism|location|ingredients|yield|serves|time|date|dates|
  key events|key figures|key people|people|events|timeline|history|gotcha|gotchas|pitfall|pitfalls|quirks|traps|mnemonic|mnemonics|homework|exercises|exercise|quiz|optional|required|recommended|mandatory|advice|recommendation|recommendations|attention|caution|ps|p.s|nb|n.b|i.e|ie|
  formula|formulas|formulae|equation|equations|unit|units|symbol|synonym|synonyms|antonym|pronunciation|etymology|exception|exceptions|
  intuition|analogy|proof|assumption|assumptions|application|applications|idea|main idea|key idea|fun fact|careful|beware|watch out|in practice|
  stages|phases|objection|objections|argument|arguments|reply|replies|evaluation|strength|strengths|weakness|weaknesses|criticism|criticisms|key study|key studies|evidence|findings|
  determinants|factors|conditions|criteria|to do|question|answer|see|made of|found in|used for|used in|works for|leads to|caused by|
  例|例子|示例|注意|备注|优点|缺点|特点|特性|用途|总结|说明|用例|例えば|例|注意点|特徴|まとめ|メリット|デメリット`,
);

function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split('|').map((label) => label.trim()));
}

/** A phrase that ends so is a label of its first words ('Cluster structure', 'Pod use cases'). */
const TAILS =
  /(^|\s)(structure|details|overview|use cases?|benefits?|features|limitations?|considerations|pricing|examples?|best practices|advantages|disadvantages|pros|cons|types|kinds|options|modes|components|characteristics|requirements|prerequisites|basics|fundamentals|steps|terminology|concepts|responsibilities|questions|exercises|tasks|hints|key points|key facts|summary|tips|notes|introduction|cheat ?sheet|faq)$/;

/** What is only common is nothing of its own: 'Common ports', 'Useful commands'. */
const SELECTION =
  /^(?:(?:common|typical|important|useful|popular|possible|other|various|some|additional|frequent|related|famous) (?:\w+ )?\w+s|(?:other|more|further|some|additional) (?:terms|words|concepts|things|points|facts|ideas|topics|questions) .*)$/;

/** And a phrase that begins so ('Types of nodes', 'Benefits of pods'). */
const HEADS =
  /^(benefits?|types?|kinds?|modes|phases|stages|advantages?|disadvantages?|examples?|features?|limitations?|list|parts?|components?|number|pros|cons|steps?|ways?|reasons?|use cases?|characteristics|overview|summary|properties|drawbacks?|options|rules|limits?|details?|structure|architecture|anatomy|layout|setup|design|causes?|effects?|consequences|results|reasons|importance|role|purpose|meaning|definition|comparison|history|timeline|differences?|ways|how) (of|for|to|in|with|when|between)\b/;

/** When a line is about. */
const DATES =
  /^(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|mon|tue|wed|thu|fri|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?(?: \d{1,4})?(?:[ /-]+(?!$))?)+$/;

/** Whether a lead is a label: its line tells something of what stands above. */
export function isLabel(lead: string): boolean {
  // 'Definition of done (DoD)': what has initials is a name.
  const initials = /^([^()]+) \((\p{L}{2,6})\)$/u.exec(lead);
  if (initials && isAcronymOf(initials[2] ?? '', initials[1] ?? '')) return false;
  const text = labelText(lead);
  return (
    isJoinedLabel(lead) ||
    DATES.test(text) ||
    LABELS.has(text) ||
    TAILS.test(text) ||
    HEADS.test(text) ||
    SELECTION.test(text) ||
    /^(step|phase|day|part|chapter|section|option) \w{1,3}$/.test(text)
  );
}

/** Words that label a line, yet name a part where an announced list sets them in bold ('The parts are: **State**: ...'). */
const PARTS = wordSet(
  'state|states|option|options|security|source|sources|output|outputs|input|inputs|format|formats|rules|roles|process|configuration|config|parameters|properties|attributes|settings|components|resources|resource|definitions|terms|goals|workflow|solution|result|results|commands|syntax|context|structure|architecture|concepts|performance|availability|scalability|durability|setup|installation|billing',
);

/** Whether a label can be the name of a member of a list. */
export function canNameMember(text: string): boolean {
  return PARTS.has(labelText(text));
}

/** Headings over what an author tells themselves of an exam or has still to do: nothing below them is a term. */
export function isExamHeading(heading: string): boolean {
  return /\bexam\b|\btest (?:tips|hints)\b|^(?:to-?do|action items|next steps)\s?[:：]?$/i.test(heading);
}

/** Headings that pass on to the concept above: 'Best practices', 'Architecture', 'Good to know'. */
export function isGenericHeading(heading: string): boolean {
  const text = labelText(heading);
  return (
    text === '' ||
    isJoinedLabel(heading) ||
    LABELS.has(text) ||
    HEADS.test(text) ||
    SELECTION.test(text) ||
    /^(cleaning|setting|getting|wrapping|starting|speeding|backing|signing|logging) (up|started|in|out)$/.test(
      text,
    ) ||
    /^(\w+ )?(review|practice|exam|discussion) (questions|tasks|exercises)$/.test(text) ||
    /^(\w+ )?(study |exam |lecture |class |course )?notes$/.test(text)
  );
}

/** Headings over words to learn: what a line below explains is a term, though it be a label elsewhere. */
export function isVocabulary(heading: string): boolean {
  return /^(?:(?:key|core|basic|important|main) )?(?:terms?|terminology|vocabulary|vocab|definitions|glossary|dictionary|concepts)$/.test(
    labelText(heading),
  );
}

/** 'Pros / Cons', 'Signs and symptoms': labels put together. */
function isJoinedLabel(text: string): boolean {
  const parts = text.split(/\s*[/&+,]\s*|\s+and\s+/i);
  return parts.length > 1 && parts.every((part) => LABELS.has(labelText(part)));
}

function labelText(text: string): string {
  const words = wordsOf(text.replace(/\([^)]*\)/g, ' ').replace(/^\d+[.)]?\s+/, ''));
  if (
    words.length > 1 &&
    /^(some|key|main|common|general|important|other|more|the|basic)$/.test(words[0] ?? '')
  ) {
    const rest = words.slice(1).join(' ');
    if (LABELS.has(rest)) return rest;
  }
  return words.join(' ');
}

const EMPHASIS = new Set(
  'not only ever never always must all any no yes important note warning tip attention remember required default free'.split(
    ' ',
  ),
);

/** Words in bold that stress and do not name. */
export function isMereEmphasis(text: string): boolean {
  return wordsOf(text).every((word) => EMPHASIS.has(word));
}

const PART = '(?:chapter|part|section|module|lesson|week|day|unit|lecture|session) \\d+';

const NUMBERING = new RegExp(
  `^(?:\\d+(?:\\.\\d+)*[.):]?|${PART}(?:\\.\\d+)*\\s*[.):|–—-]?)\\s+(?=\\p{L})`,
  'iu',
);

/** What a heading is about: '101', 'Introduction to', numbering and emoji go. */
export function headingSubject(heading: string): string {
  return heading
    .replace(
      /^(?:\p{Extended_Pictographic}|\uFE0F|\u200D|\s)+|(?:\s|\uFE0F|\u200D|(?![\d#*©®™])\p{Extended_Pictographic})+$/gu,
      '',
    )
    .replace(NUMBERING, '')
    .replace(
      /^(?:cornell|lecture|class|course|study|reading|revision)\s+notes\s*(?:[:–—-]\s*|on\s+)(?=\S)/i,
      '',
    )
    .replace(
      /\s*\((?:[^()]*\s)?(?:AS?-level|GCSE|IB|(?:year|grade|class) \d+|[A-Z]{2,5} ?\d{3})(?:\s[^()]*)?\)/i,
      '',
    )
    .replace(new RegExp(`\\s*\\([^()]*\\b${PART}\\b[^()]*\\)`, 'iu'), '')
    .replace(new RegExp(`\\s*[-–—:|,]\\s*${PART}\\b.*$`, 'iu'), '')
    .replace(/\s*\((?:wiki|notes?|draft|wip|summary|basics|seminar|lecture|revision)\)$/i, '')
    .replace(/^(?:an? )?(?:introduction|intro|guide|overview|primer)\s+(?:to|of)\s+(?:the\s+)?/i, '')
    .replace(/^(?:basics|fundamentals)\s+of\s+(?:the\s+)?/i, '')
    .replace(
      /\s*(?:[-–—:|]\s*)?(?:101|deep dive|cheat ?sheet|overview|introduction|basics|fundamentals|summary)\s*$/i,
      '',
    )
    .replace(/\s+(?:(?:study\s+|exam\s+|lecture\s+)?notes|(?:study|exam|revision)\s+guide)$/i, '')
    .replace(/[\s:：]+$/, '')
    .trim();
}

/** 'How to make it', 'Is it safe?': a heading that asks says nothing by itself. */
export function isQuestion(heading: string): boolean {
  return /[?？]$|^(?:how|why|when|where|which|what)\b/i.test(heading);
}
