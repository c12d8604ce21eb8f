/** Names of parts of a system. */
export const things =
  `cache queue index worker broker gateway ledger router shard replica token session bucket volume topic stream
  cursor monitor proxy agent`.split(/\s+/);
/** What they do. */
export const verbs = 'keeps sends reads checks balances copies encrypts removes counts routes'.split(' ');
/** What they do it with. */
export const objects = 'rows packets events files keys tokens orders metrics images pages logs reports'.split(
  ' ',
);

/** The word at a place of an endless row. */
export const pick = (words: readonly string[], at: number) => words[at % words.length] ?? '';

/** A note with a heading and eleven terms, each told of in two lines. */
export function glossaryNote(number: number): string {
  const lines = [`# Service ${number}`, ''];
  for (let item = 0; item < 11; item += 1) {
    const spot = `for zone ${number % 97} and ${pick(objects, number + item * 5)}`;
    const name = `${pick(things, number * 7 + item)} ${number}-${item}`;
    lines.push(`- **${name}**: ${pick(verbs, number + item)} ${pick(objects, number * 3 + item)} ${spot}`);
    lines.push(
      `    - It ${pick(verbs, number * 3 + item)} ${pick(objects, number + item)} every ${item + 2} seconds`,
    );
  }
  return lines.join('\n');
}

/** A note in the habit of real ones: headings, terms with glosses, nested bullets, code; about 60 lines. */
export function linkedNote(number: number): string {
  const lines = [`# Service ${number}`, '', `Service ${number} runs in zone ${number % 7}.`, ''];
  for (let section = 0; section < 6; section += 1) {
    lines.push(`## Part ${number}.${section}`, '');
    for (let item = 0; item < 4; item += 1) {
      const name = `unit-${number}-${section}-${item}`;
      lines.push(
        `- \`${name}\`: keeps **value ${item}** of part ${section} ready for [others](https://example.com)`,
      );
      lines.push(`  - Holds ${item + 2} copies, such as \`copy-${item}\``);
    }
    lines.push('');
  }
  return lines.join('\n');
}
