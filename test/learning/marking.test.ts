import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markChoice, markOrder, markPairs, markTyped, ratingFor } from '../../src/learning/marking.js';

const right = { correct: true, nearMiss: false };
const mistyped = { correct: true, nearMiss: true };
const wrong = { correct: false, nearMiss: false };

describe('a typed answer', () => {
  it.each([
    ['case', 'ETCD', 'etcd'],
    ['width', 'ｅｔｃｄ', 'etcd'],
    ['accents', 'Zoë', 'zoe'],
    ['accents in the answer', 'Malmo', 'Malmö'],
    ['a hyphen for a space', 'kube scheduler', 'kube-scheduler'],
    ['no space at all', 'kubescheduler', 'kube-scheduler'],
    ['another dash', 'kube‑scheduler', 'kube-scheduler'],
    ['a plural', 'pods', 'Pod'],
    ['a plural of -y', 'policies', 'policy'],
    ['a plural of -ess', 'addresses', 'address'],
    ['a plural inside', 'managed nodes group', 'Managed node groups'],
    ['the singular of an acronym', 'NACL', 'NACLs'],
    ['a leading article', 'the control plane', 'control plane'],
    ['an article in the answer', 'control plane', 'The control plane'],
    ['marks around it', ' "etcd". ', 'etcd'],
    ['a slash between words', 'key value store', 'key/value store'],
    ['an ampersand', 'copy and write', 'copy & write'],
    ['a number as word', 'three', '3'],
    ['a digit as answer for a word', '3 nodes', 'three nodes'],
    ['a thousands comma', '1,000', '1000'],
    ['a space before a digit', 's 3', 'S3'],
    ['an answer of signs only', '--', '--'],
    ['an answer of quotes only', '"', '"'],
    ['another script', 'クラスター', 'クラスター'],
  ])('is right whatever %s', (_, given, accepted) => {
    expect(markTyped(given, [accepted])).toEqual(right);
  });

  it('is right as any alias', () => {
    expect(markTyped('elastic kubernetes service', ['EKS', 'Elastic Kubernetes Service'])).toEqual(right);
  });

  it.each([
    ['a letter changed', 'kube-schedular', 'kube-scheduler'],
    ['neighbours swapped', 'kuebrnetes', 'Kubernetes'],
    ['a letter left out', 'kubrnetes', 'Kubernetes'],
    ['a letter doubled', 'ingrress', 'ingress'],
    ['two slips in a long word', 'authentcaton', 'authentication'],
    ['a slip and a missing space', 'contolplane', 'control plane'],
  ])('is right but for %s', (_, given, accepted) => {
    expect(markTyped(given, [accepted])).toEqual(mistyped);
  });

  it.each([
    ['nothing', '', 'etcd'],
    ['blanks', '   ', 'etcd'],
    ['marks only', '?!', 'etcd'],
    ['a part', 'scheduler', 'kube-scheduler'],
    ['a beginning', 'kube', 'kube-scheduler'],
    ['more than was asked', 'etcd or kubelet', 'etcd'],
    ['a longer word', 'containerd', 'container'],
    ['a shorter word', 'container', 'containerd'],
    ['a negation', 'not encrypted', 'encrypted'],
    ['a negating beginning', 'asynchronous', 'synchronous'],
    ['an opposite', 'minimization', 'maximization'],
    ['an opposite ending', 'employee', 'employer'],
    ['a slip in a short word', 'mode', 'node'],
    ['a slip in an acronym', 'STTPS', 'HTTPS'],
    ['the other acronym', 'https', 'HTTP'],
    ['and back', 'http', 'https'],
    ['another number', '4', '3'],
    ['a number near by', '1001', '1000'],
    ['another digit in a word', 'IPv4', 'IPv6'],
    ['another prefix length', '10.0.0.0/16', '10.0.0.0/8'],
    ['digits run together', '15', '1.5'],
    ['another sign', '-5', '5'],
    ['another number as word', 'five nodes', 'four nodes'],
    ['another unit', '16 MB', '16 GB'],
    ['a name without its letter', 'record', 'A record'],
    ['a name without its signs', 'C', 'C++'],
    ['another letter in another script', 'ぱす', 'はす'],
    ['slips in two words', 'contol plame', 'control plane'],
  ])('is wrong: %s', (_, given, accepted) => {
    expect(markTyped(given, [accepted])).toEqual(wrong);
  });

  it('is wrong where it names something else, near as it is', () => {
    expect(markTyped('adsorption', ['absorption'])).toEqual(mistyped);
    expect(markTyped('adsorption', ['absorption'], ['Adsorption'])).toEqual(wrong);
    expect(markTyped('absorption', ['absorption'], ['Absorption'])).toEqual(right);
  });

  it('is wrong where nothing is accepted', () => {
    expect(markTyped('etcd', [])).toEqual(wrong);
    expect(markTyped('', [''])).toEqual(wrong);
  });

  it('of hostile length is marked at once', () => {
    const began = performance.now();
    expect(markTyped('a'.repeat(5_000_000), ['etcd'])).toEqual(wrong);
    expect(markTyped(`${'ab'.repeat(50_000)}x`, [`${'ab'.repeat(50_000)}y`])).toEqual(wrong);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('any answer is right as it stands, and with blanks around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
        fc.pre(text.trim() !== '');
        expect(markTyped(text, [text]).correct).toBe(true);
        expect(markTyped(`  ${text} `, [text]).correct).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never takes one run of digits for another', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        expect(markTyped(`${a} nodes`, [`${b} nodes`]).correct).toBe(a === b);
      }),
    );
  });

  it('of any two texts is marked without an error, and a near miss is never wrong', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' })),
        (given, accepted) => {
          const mark = markTyped(given, accepted);
          expect(mark.correct || !mark.nearMiss).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a choice', () => {
  it('is right only as the whole option', () => {
    expect(markChoice('Pods', 'Pods')).toEqual(right);
    expect(markChoice('Pod', 'Pods')).toEqual(wrong);
    expect(markChoice('', 'Pods')).toEqual(wrong);
  });
});

describe('the rating of an answer', () => {
  it.each([
    ['typed and wrong', { format: 'typed', correct: false }, 1],
    ['typed and right', { format: 'typed', correct: true }, 3],
    ['typed right at first sight', { format: 'typed', correct: true, firstSeen: true }, 3],
    ['typed with a slip', { format: 'typed', correct: true, nearMiss: true }, 2],
    ['typed slowly', { format: 'typed', correct: true, slow: true }, 2],
    ['given away by a hint', { format: 'typed', correct: true, hintUsed: true }, 1],
    ['chosen wrongly', { format: 'choice-4', correct: false }, 1],
    ['chosen rightly', { format: 'choice-4', correct: true }, 3],
    ['chosen rightly at first sight', { format: 'choice-4', correct: true, firstSeen: true }, 2],
    ['chosen slowly', { format: 'choice-4', correct: true, slow: true }, 3],
  ] as const)('%s', (_, attempt, rating) => {
    expect(ratingFor(attempt)).toBe(rating);
  });

  it('is never Easy', () => {
    fc.assert(
      fc.property(
        fc.record({
          format: fc.constantFrom('typed' as const, 'choice-3' as const, 'choice-4' as const),
          correct: fc.boolean(),
          nearMiss: fc.boolean(),
          firstSeen: fc.boolean(),
          hintUsed: fc.boolean(),
          slow: fc.boolean(),
        }),
        (attempt) => {
          const rating = ratingFor(attempt);
          expect(rating).toBeLessThan(4);
          if (!attempt.correct) expect(rating).toBe(1);
        },
      ),
    );
  });
});

describe('an order given by letters', () => {
  it.each(['C A B', 'c a b', 'CAB', 'c,a,b', 'C → A → B', '1. C 2. A 3. B'.replace(/\d\. /g, '')])(
    'is right as %j',
    (given) => {
      expect(markOrder(given, 'C A B')).toEqual(right);
    },
  );

  it.each(['C B A', 'C A', 'C A B D', '', 'first C then A then B', 'C A B '.repeat(100)])(
    'is wrong as %j',
    (given) => {
      expect(markOrder(given, 'C A B')).toEqual(wrong);
    },
  );
});

describe('pairs', () => {
  it.each(['1B 2A 3C', '1b2a3c', '2A, 1B, 3C', '1-B 2-A 3-C', '1: B; 2: A; 3: C', 'B A C', 'bac'])(
    'are right as %j',
    (given) => {
      expect(markPairs(given, '1B 2A 3C')).toEqual(right);
    },
  );

  it.each(['1A 2B 3C', '1B 2A', '1B 2A 3C 3A', '1B 1B 2A 3C', '', '?', 'B A', '1B 2A 3C maybe', '1BC 2A 3C'])(
    'are wrong as %j',
    (given) => {
      expect(markPairs(given, '1B 2A 3C')).toEqual(wrong);
    },
  );

  it('are right in whatever order they are written', () => {
    const pairs = ['1B', '2A', '3D', '4C'];
    fc.assert(
      fc.property(fc.shuffledSubarray(pairs, { minLength: 4 }), (given) => {
        expect(markPairs(given.join(' '), pairs.join(' '))).toEqual(right);
      }),
    );
  });
});
