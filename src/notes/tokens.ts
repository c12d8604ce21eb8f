import { stemmer } from 'stemmer';
import { singular } from './grammar.js';

const invisible = /\p{Cf}|\p{Variation_Selector}/gu;
const control = /\p{Cc}+/gu;
const ascii = /^[\x20-\x7e\s]*$/;
const latinMarks = /([a-z])\p{M}+/gu;
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}ー々';
const wordOrRun = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+[+#]*`, 'gu');
const asciiWord = /[a-z\d]+[+#]*/g;
const startsUnspaced = new RegExp(`^[${unspaced}]`, 'u');

/** Lower case, one form for each character, no accents on Latin letters, no invisible characters. */
export function plainText(text: string): string {
  // Most notes are mostly ASCII, where nothing but case and control characters can differ.
  if (ascii.test(text)) return text.toLowerCase().replaceAll('&', ' and ').replace(control, ' ');
  const folded = text.normalize('NFKC').toLowerCase();
  const bare = folded.normalize('NFD').replace(latinMarks, '$1').normalize('NFC');
  return bare.replace(invisible, '').replace(control, ' ').replaceAll('&', ' and ');
}

/** The words of a text in plain form; a run of a script without spaces between words stays one word. */
export function wordsOf(text: string): readonly string[] {
  const plain = plainText(text);
  return plain.match(ascii.test(plain) ? asciiWord : wordOrRun) ?? [];
}

const numerals: ReadonlyMap<string, string> = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [word, `${value}`]),
);

const irregularPlurals: ReadonlyMap<string, string> = new Map(
  `nuclei nucleus|loci locus|foci focus|fungi fungus|radii radius|stimuli stimulus|bacilli bacillus|moduli modulus
  |indices index|vertices vertex|matrices matrix|appendices appendix|vortices vortex|bacteria bacterium
  |criteria criterion|phenomena phenomenon|mitochondria mitochondrion|strata stratum|spectra spectrum|quanta quantum
  |axes axis|analyses analysis|hypotheses hypothesis|crises crisis|theses thesis|syntheses synthesis
  |mice mouse|men man|women woman|children child|feet foot|teeth tooth`
    .split('|')
    .map((pair) => pair.trim().split(' '))
    .map(([plural = '', one = '']) => [plural, one]),
);

/** A word as names are compared by it: in the singular, with small numbers in digits. */
export function nameWord(word: string): string {
  // 'one' is mostly no number: 'the one that ...'.
  if (word !== 'one') {
    const number = numerals.get(word);
    if (number !== undefined) return number;
  }
  // 'sizes' are a size, 'quizzes' a quiz.
  if (/[^z][aeiou]zes$/.test(word)) return word.slice(0, -1);
  return irregularPlurals.get(word) ?? singular(word);
}

/** True for a word of a script that puts no spaces between words. */
export function isUnspaced(word: string): boolean {
  return startsUnspaced.test(word);
}

/** What a word is found by: its Porter stem, or its pairs of characters where words are not spaced. */
export function searchTokens(word: string): readonly string[] {
  if (!isUnspaced(word)) return [stemOf(word)];
  const characters = [...word];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

const stems = new Map<string, string>();
const stemsKept = 50_000;

/** The Porter stem of an English word; other words as they are. */
export function stemOf(word: string): string {
  if (word.length < 3 || word.length > 40 || !/^[a-z]+$/.test(word)) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= stemsKept) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}
