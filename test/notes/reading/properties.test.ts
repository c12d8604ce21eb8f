import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import type { Concept } from '../../../src/notes/model.js';

const phrase = fc.constantFrom(
  'stores keys',
  '**bold** and `code: here`',
  'see [docs](https://example.com/x) now',
  'It runs on each node',
  'the following things',
  'a - b',
  'x = y',
  '1. first',
  '10:30 and 3:1',
  '2 > 1 & <b>tag</b>',
  '# no heading',
  '| a cell',
  'emoji 🔥 end',
  '分片：数据',
  'etc.',
);
const leads = fc.constantFrom(
  '',
  '',
  'etcd: ',
  '`kubelet`: ',
  'Use cases: ',
  '**Term**: ',
  'Types of nodes: ',
  'ACR - ',
);
const marker = fc.constantFrom('-', '*', '+', '1.', '2)');

/** Markdown of a nested list in a habit: markers, indents, line ends, and the words that must survive. */
const notes = fc
  .record({
    depths: fc.array(
      fc.tuple(fc.integer({ min: 0, max: 4 }), marker, leads, phrase, fc.integer({ min: 0, max: 9 })),
      {
        minLength: 1,
        maxLength: 25,
      },
    ),
    indent: fc.constantFrom('  ', '   ', '    ', '\t', '      '),
    outer: fc.constantFrom('', '   ', '    '),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    heading: fc.boolean(),
  })
  .map(({ depths, indent, outer, end, heading }) => {
    const lines = heading ? ['# Subject', ''] : [];
    const words: string[] = [];
    let depth = 0;
    depths.forEach(([wanted, mark, lead, body, extra], i) => {
      depth = i === 0 ? 0 : Math.min(wanted, depth + 1);
      const word = `unique${i}w`;
      words.push(word);
      lines.push(`${outer}${indent.repeat(depth)}${mark} ${lead}${word} ${body}`);
      if (extra === 0) lines.push('');
      if (extra === 1) lines.push('![a picture](p.png)');
      if (extra === 2) lines.push('```', `- fenced${i}`, '```');
    });
    return { text: lines.join(end), words };
  });

/** Everything that a concept says of itself. */
function saidBy(concept: Concept): string {
  const facts = concept.facts.map((fact) => `${fact.lead ?? ''} ${fact.text}`);
  return [concept.term, ...facts].join('\n');
}

describe('reading any text', () => {
  it('never throws, and gives the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(readNote('a.md', text)).toEqual(readNote('a.md', text));
      }),
      { numRuns: 100 },
    );
  });

  it('never throws on pieces of Markdown put together at random', () => {
    const pieces = fc.constantFrom(
      ...[
        '- ',
        '* ',
        '\n',
        '\r\n',
        '\t',
        '    ',
        '```',
        '~~~',
        '# ',
        '## ',
        '> ',
        '|',
        '---',
        '===',
        ': ',
        '::',
        '<!--',
        '-->',
      ],
      ...[
        '[a]: b',
        '[x](y)',
        '![i](p)',
        '`',
        '**',
        '~~',
        '<b>',
        '</details>',
        'word',
        'etcd',
        '=',
        '1. ',
        'Q: ',
        'A: ',
        '{{c1::x}}',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const library = makeLibrary([readNote('a.md', parts.join(''))]);
        for (const concept of library.concepts) library.textOf(concept.id);
      }),
      { numRuns: 200 },
    );
  });
});

describe('text that once broke the reader', () => {
  it.each([
    ['quotes and bullets within each other, which overflowed the stack', '> - '.repeat(5000)],
    ['comments that never end, each searched to the end of the note', '<!-- \n'.repeat(5000)],
    ['tildes that strike nothing out', '~~a'.repeat(3000)],
    [
      'bullets three hundred deep',
      Array.from({ length: 300 }, (_, i) => `${'  '.repeat(i)}- x${i}`).join('\n'),
    ],
  ])('%s', (_, text) => {
    expect(readNote('a.md', text).problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  });
});

describe('hostile text', () => {
  const size = 80_000;
  it.each([
    ['<!-- a\n'],
    ['*a_ _b* '],
    ['[a]('],
    ['['],
    ['('],
    ['a: '],
    ['` `` ``` '],
    ['[^a] '],
    ['&amp;'],
    ['=={{'],
  ])('of nothing but %j is read in the time of a large note', (unit) => {
    const began = performance.now();
    readNote('a.md', unit.repeat(size / unit.length));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('any nested list', () => {
  it('keeps each bullet in exactly one concept', () => {
    fc.assert(
      fc.property(notes, ({ text, words }) => {
        const { concepts } = readNote('a.md', text);
        for (const word of words) {
          const owners = concepts.filter((concept) => saidBy(concept).includes(word));
          expect(
            owners.map((concept) => concept.term),
            `${word} in\n${text}`,
          ).toHaveLength(1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('tells each bullet once to whoever reads all concepts', () => {
    fc.assert(
      fc.property(notes, ({ text, words }) => {
        const { concepts } = readNote('a.md', text);
        const facts = concepts.flatMap((concept) => concept.facts);
        for (const word of words) {
          const times = facts.filter((fact) => `${fact.lead ?? ''} ${fact.text}`.includes(word)).length;
          expect(times, `${word} in\n${text}`).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('takes nothing from code', () => {
    fc.assert(
      fc.property(notes, ({ text }) => {
        const said = readNote('a.md', text).concepts.map(saidBy).join('\n');
        expect(said).not.toMatch(/fenced\d/);
      }),
    );
  });

  it('keeps its ids when a bullet is added at its end', () => {
    fc.assert(
      fc.property(notes, ({ text }) => {
        const before = readNote('a.md', `# Subject\n\n${text}`).concepts.map((concept) => concept.id);
        const after = readNote('a.md', `# Subject\n\n${text}\n\n- Newcomer: something else again`).concepts;
        expect(after.map((concept) => concept.id)).toEqual(expect.arrayContaining(before));
      }),
    );
  });

  it('has the same ids in another file', () => {
    fc.assert(
      fc.property(notes, ({ text }) => {
        const ids = (note: string) =>
          readNote(note, `# Subject\n\n${text}`).concepts.map((concept) => concept.id);
        expect(ids('one.md')).toEqual(ids('folder/other.md'));
      }),
    );
  });
});
