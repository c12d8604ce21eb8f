import { advise } from '../../src/advisor/advise.js';
import { loadFacts } from '../../src/advisor/facts.js';
import { adviceText, shortAdvice } from '../../src/advisor/text.js';
import { understandNeeds } from '../../src/advisor/understand.js';
import { byTurns, type Measure } from './measure.js';

const ROUNDS = 200;

const QUERIES = [
  'windows pods with gpu on outposts',
  'serverless with a custom AMI',
  'can fargate run daemonsets?',
  'cheapest for bursty jobs, no gpu, ideally spot',
  'wndows contaners on premisses with grafiton',
  'storage for our team',
  'frobnicators and quxes that nobody has heard of, with whatsits beside them',
];

/** An answer to needs in words, short and whole, beside going once through the table. */
export async function benchWhichNode(): Promise<readonly Measure[]> {
  const { facts } = await loadFacts('content', new Date());
  if (facts === undefined) throw new Error('the shipped facts cannot be used');
  const nonsense = Array.from({ length: 80 }, (_, at) => `wnidwos${at}x`).join(' ');
  const answer = (query: string) => {
    const advice = advise(facts, understandNeeds(facts, query));
    return [shortAdvice(facts, advice), adviceText(facts, advice)];
  };
  const walk = () =>
    [...facts.capabilities.values()].flatMap(({ support }) =>
      [...support.values()].map((cell) => cell.support),
    );
  let slowest = { ours: 0, floor: Number.NaN };
  for (const query of [...QUERIES, nonsense]) {
    const times = await byTurns(ROUNDS, () => answer(query), walk);
    if (times.ours > slowest.ours) slowest = times;
  }
  return [
    {
      what: 'which-node, the slowest of questions, slips and 80 words of nonsense',
      value: slowest.ours,
      floor: slowest.floor,
      unit: 'ms',
      floorIs: 'one walk through the table',
      aim: 'under 5 ms',
      reached: slowest.ours < 5,
    },
  ];
}
