import { isAcronymOf, isClause, startsWithParticle } from '../grammar.js';

/** What only qualifies a name: '(default)', '(see below)'. */
export const QUALIFIER =
  /^(default|legacy|recommended|optional|new|deprecated|preview|beta|old|paid|free|required|important|e\.g\.?.*|i\.e\.?.*|ex\b.*|example.*|remember.*|exam.*|see .*|aka|\d+|cont\.?|continued|team .*|part \d+)$/i;

/** Small words or a date in parentheses: '(weakest first)', '(staging area)', '(May 1789)'. */
export function isAside(inner: string): boolean {
  return (
    /^\p{Ll}[\p{Ll}\s,/-]*$/u.test(inner) ||
    /\b(?:1\d|20)\d\d\b|\d{2,}(?:st|nd|rd|th)\b/.test(inner) ||
    /\d$/.test(inner) ||
    // 'Chandrasekhar limit (1.4 solar masses)': its measure.
    /^[~<>≤≥≈±]?\s?\d[\d.,]*\s?[\p{L}%°µ/]{1,12}(?:\s\p{L}+){0,2}$/u.test(inner) ||
    // 'perfect (V–I)': a formula for it.
    /^[\p{L}\d?]*\s*[–→<>≤≥=+]\s*[\p{L}\d]*$/u.test(inner)
  );
}

/** 'experience machine (Nozick)', 'Experience machine (Nozick & Smith)': who is cited for it. */
export function isAuthor(inner: string, rest: string): boolean {
  return (
    /^\p{Lu}\p{Ll}+(?:(?:,| &| and) \p{Lu}\p{Ll}+)*(?: et al\.?)?$/u.test(inner) &&
    /^\p{L}\S*(?: \p{Ll}+)+$/u.test(rest)
  );
}

/** 'staging area': a noun phrase of two to four small words that can stand for the name. */
export function isSecondName(inner: string): boolean {
  const words = inner.split(' ');
  return (
    words.length > 1 &&
    words.length <= 4 &&
    /^[\p{Ll}\s-]+$/u.test(inner) &&
    !startsWithParticle(inner) &&
    !isClause(inner) &&
    !/(?:first|last|only|ed|er|est|able|ing|ly|more|less|time|use|used)$/.test(inner)
  );
}

/** Whether what stands in parentheses after a name is another name for it. */
export function fitsAlias(inner: string, rest: string): boolean {
  if (isAcronymOf(inner, rest) || isAcronymOf(rest, inner)) return true;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(inner + rest)) return inner.length <= 40;
  // 'Persistent Storage (PV)': the letters fit only in part, yet capitals alone in parentheses name the thing again.
  return (
    /^\p{Lu}[\p{Lu}\d]{1,5}s?$/u.test(inner) &&
    (inner[0]?.toLowerCase() === rest.trim()[0]?.toLowerCase() ||
      isInitialOfLast(inner, rest) ||
      sharesInitials(inner, rest))
  );
}

/** 'Language (HCL)': the last letter stands for the name. */
function isInitialOfLast(acronym: string, name: string): boolean {
  const last = name.trim().split(' ').pop() ?? '';
  return acronym.length > 2 && acronym.replace(/s$/, '').slice(-1) === last[0]?.toUpperCase();
}

/** 'Time to restore service (MTTR)': most letters begin a word of the name. */
function sharesInitials(acronym: string, name: string): boolean {
  const initials = name.split(/[\s-]+/).map((word) => word[0]?.toUpperCase());
  const letters = [...acronym.replace(/s$/, '')];
  return (
    letters.length > 2 &&
    letters.filter((letter) => initials.includes(letter)).length * 3 >= letters.length * 2
  );
}
