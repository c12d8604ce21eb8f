/** Endings that make another word of the same matter out of a stem: 'blurry' of 'blur', 'storage' of 'store'. */
const endings = [
  'e',
  'ag',
  'ur',
  'er',
  'or',
  'li',
  'i',
  'ment',
  'abl',
  'ibl',
  'anc',
  'enc',
  'ion',
  'iz',
] as const;

const shortestBase = 4;
const doubled = /([bdfglmnprt])\1$/;

/** A stem without its last such ending, and without the consonant doubled before it. */
export function baseOf(stem: string): string {
  for (const ending of endings) {
    if (!stem.endsWith(ending)) continue;
    const base = stem.slice(0, -ending.length);
    if (base.length < shortestBase || !isTakenOff(ending, base)) continue;
    return base.length > shortestBase && doubled.test(base) ? base.slice(0, -1) : base;
  }
  return stem;
}

/** Short words end so by chance: a station is no state, a story no store, a party no part. */
function isTakenOff(ending: string, base: string): boolean {
  if (ending === 'ion' || ending === 'or') return base.length > 4;
  if (ending !== 'i') return true;
  return base.length > 4 || /[aeiou]{2}/.test(base);
}

/** Other stems of the same matter, of those that `has` knows. */
export function kinOf(stem: string, has: (stem: string) => boolean): readonly string[] {
  if (!/^[a-z]{4,}$/.test(stem)) return [];
  const base = baseOf(stem);
  const last = base.at(-1) ?? '';
  const forms = [base, ...endings.flatMap((ending) => [`${base}${ending}`, `${base}${last}${ending}`])];
  return forms.filter((form) => form !== stem && has(form) && baseOf(form) === base);
}
