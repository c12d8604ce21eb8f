const AUXILIARIES = new Set(
  `is are was were be am isn't aren't wasn't has have had hasn't haven't can can't cannot could couldn't will won't would
  should shouldn't must mustn't may might does doesn't do don't did didn't gets becomes needn't`.split(/\s+/),
);

/** Third-person verbs that are hardly ever plural nouns in technical notes. */
const VERBS = new Set(
  `accepts achieves adds adjusts affects allocates allows applies arranges assigns attaches authenticates avoids balances
  becomes begins behaves belongs binds blocks brings calculates calls captures catches checks chooses collects combines comes
  communicates compares compiles completes computes configures connects consists consumes contains continues converts
  coordinates copies corresponds covers creates decides decides decreases defines delays deletes delivers denies depends
  deploys describes detects determines disables discards discovers distributes does duplicates emits enables encrypts
  enforces ensures establishes evaluates evicts executes exists expires exposes extends extracts fails finds fits fixes
  follows forces forwards generates gets gives goes governs grants grows guarantees handles happens helps hides holds
  identifies ignores implements implies improves includes increases indicates informs inherits installs integrates
  interacts introduces invokes involves isolates keeps knows launches leads lets listens lives loads locates looks loses
  maintains makes manages measures meets minimizes modifies moves needs notifies observes occurs offers opens operates
  organizes orchestrates overrides owns passes performs persists populates prefers prevents processes produces protects
  provides provisions publishes pulls pushes puts reaches receives recommends records recovers redirects reduces refers
  rejects relies remains removes renders replaces replicates represents requires resides resolves responds restarts
  restores restricts retrieves returns returns reuses runs satisfies saves says scales schedules secures sees selects sends
  separates serializes serves sets shows simplifies sits solves specifies speeds spreads starts stays stops streams
  suggests supplies supports survives synchronizes takes tells terminates tracks transfers transforms translates transmits
  traverses treats tries understands updates uploads uses utilizes validates verifies waits wants watches works wraps writes
  run use provide allow support start contain need require work know want get make take let depend consist include`.split(
    /\s+/,
  ),
);

/** Words of a sentence that belong to nobody's name. */
const SENTENCE_WORDS = new Set(
  `it its it's we our us you your they them their he she i there there's this that that's these those which who whom whose
  if when while because since although though however therefore also not never always every each`.split(
    /\s+/,
  ),
);

/** Lower-case words with their marks of punctuation removed. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const part of partsOf(text.toLowerCase())) {
    const word = /^['./_-]|['./_-]$/.test(part) ? part.replace(/^['./_-]+|['./_-]+$/g, '') : part;
    if (word !== '') words.push(word);
  }
  return words;
}

/** Classes of Unicode letters take several times longer than letters from a to z. */
function partsOf(text: string): string[] {
  return /[^ -~]/.test(text)
    ? text.replaceAll('’', "'").split(/[^\p{L}\p{N}\p{M}'+#./_-]+/u)
    : text.split(/[^a-z\d'+#./_-]+/);
}

/** Whether a phrase holds a finite verb or another word that makes it a sentence rather than a name. */
export function isClause(text: string): boolean {
  return text
    .trim()
    .split(/\s+/)
    .some((written, i, all) => {
      // A capital within a phrase makes a name of a verb: 'Data Streams'.
      if (i > 0 && /^\p{Lu}\p{Ll}/u.test(written)) return false;
      // And so does the last place: 'Health checks' says nothing of health.
      const closing = i > 0 && i === all.length - 1;
      // After a capitalised noun it counts: 'Type I error'.
      if (written === 'I' && /^\p{Lu}\p{L}*[^s\P{L}]$/u.test(all[i - 1] ?? '')) return false;
      return wordsOf(written).some(
        (word) => AUXILIARIES.has(word) || (!closing && (VERBS.has(word) || SENTENCE_WORDS.has(word))),
      );
    });
}

/** Whether the word is an auxiliary or a known third-person verb. */
export function isVerb(word: string): boolean {
  return AUXILIARIES.has(word) || VERBS.has(word);
}

/** Whether the text starts with a verb that wants its subject from above ('Provides ...', 'Can be scaled'). */
export function startsWithVerb(text: string): boolean {
  const first = wordsOf(text)[0];
  return first !== undefined && (AUXILIARIES.has(first) || (VERBS.has(first) && /s$/.test(first)));
}

const PARTICLE =
  /^(on|in|at|for|with|from|by|to|via|as|of|under|over|after|before|during|without|within|if|when|while|because|since|so|and|or|but|per|due|based|up|unlike|like|using|both|either|neither|only|just|all|any|some|most|many|no|not|then|first|next|finally|lastly|how|why|what|where|who|which|e\.g|i\.e|etc|yes)\b(?!-)/i;

/** Whether the text begins with a preposition, a conjunction or another small word that begins no name. */
export function startsWithParticle(text: string): boolean {
  return PARTICLE.test(text);
}

const IMPERATIVES = new Set(
  `add allow apply assign attach avoid build call change check choose click configure connect consider copy create define
  delete deploy disable do don't download edit enable ensure execute follow go import install keep launch look make
  migrate move never note open pay pick prefer provide put remember remove replace restart run see select set setup specify
  start stop switch take test try turn update upload use verify wait write undo keep avoid prefer learn know list show get compare`.split(
    /\s+/,
  ),
);

/** Whether the text tells somebody to do something. */
export function isImperative(text: string): boolean {
  const [first, second] = wordsOf(
    text.replace(/^(?:always|never|please|do not|don't|you (?:should|must|have to))\s+/i, ''),
  );
  if (first === undefined || !IMPERATIVES.has(first)) return false;
  return second === undefined || !['of', 'is', 'are'].includes(second);
}

/** One word in the singular, by English rules good enough to compare names. */
export function singular(word: string): string {
  if (word.length <= 3 || /(ss|us|is|as|lytics|istics|omics|onics|matics|ysics|'s)$/.test(word)) return word;
  if (/ies$/.test(word)) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(ches|shes|sses|xes|zes)$/.test(word)) return word.slice(0, -2);
  return /s$/.test(word) ? word.slice(0, -1) : word;
}

const PLURAL_LOOKALIKES = new Set([
  'kubernetes',
  'redis',
  'dns',
  'aws',
  'eks',
  'ecs',
  'https',
  'tls',
  'always',
  'news',
  'postgres',
]);

/** Whether the phrase is a plural, going by its head word. */
export function isPlural(phrase: string): boolean {
  const head = phrase.replace(/\s+(of|for|in|on|with|to)\s.*$/i, '').replace(/\s*\(.*$/, '');
  const last = head.split(/[\s/-]+/).pop() ?? '';
  const word = last.toLowerCase();
  if (PLURAL_LOOKALIKES.has(word) || /^[A-Z0-9]+$/.test(last)) return false;
  return /[\p{L}]{2}s$/u.test(word) && singular(word) !== word;
}

/** A name as it is compared: no case, marks, articles, or plural of its last word. */
export function normalizeName(name: string): string {
  const known = normalized.get(name);
  if (known !== undefined) return known;
  if (normalized.size >= NAMES_KEPT) normalized.clear();
  const plain = comparedName(name);
  normalized.set(name, plain);
  return plain;
}

/** A term is compared with every name around it, so its form is kept. */
const normalized = new Map<string, string>();
const NAMES_KEPT = 20_000;

function comparedName(name: string): string {
  const words: string[] = [];
  for (const word of wordsOf(/[‘’“”"`*]/.test(name) ? name.replace(/[‘’“”"`*]/g, '') : name)) {
    if (!/[-_/]/.test(word)) words.push(word);
    else for (const part of word.split(/[-_/]+/)) if (part !== '') words.push(part);
  }
  while (words.length > 1 && ['the', 'a', 'an', 'each', 'every'].includes(words[0] ?? '')) words.shift();
  const last = words.pop();
  if (last === undefined) return name.trim().toLowerCase();
  words.push(singular(last));
  return words.join(' ');
}

const SMALL_WORDS = new Set([
  'of',
  'the',
  'a',
  'an',
  'and',
  'or',
  'for',
  'in',
  'on',
  'to',
  'with',
  'as',
  'by',
  'at',
]);

/** Whether the letters of a short name are the initials of a long one ('EKS', 'Elastic Kubernetes Service'; 'PV'). */
export function isAcronymOf(short: string, long: string): boolean {
  if (!/\p{Lu}.*\p{Lu}/su.test(short)) return false;
  const letters = short.replace(/[^\p{L}\p{N}]/gu, '');
  if (!/^\p{Lu}[\p{L}\p{N}]{1,8}$/u.test(letters) || (letters.match(/\p{Lu}/gu) ?? []).length < 2)
    return false;
  const words = long.split(/[\s/&-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const upper = letters.toLowerCase().replace(/s$/, '');
  if (words.length < 2 || words.length > 8) return false;
  const all = words.map((word) => word[0]?.toLowerCase() ?? '').join('');
  const big = words
    .filter((word) => !SMALL_WORDS.has(word.toLowerCase()))
    .map((word) => word[0]?.toLowerCase() ?? '')
    .join('');
  return all === upper || big === upper || all === letters.toLowerCase();
}
