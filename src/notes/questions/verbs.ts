import { isVerb } from '../grammar.js';

/** Verbs that glosses begin with, besides those that the grammar knows. */
export const unlistedVerbs: ReadonlySet<string> = new Set(
  `absorbs accelerates activates adapts aligns announces appends archives assembles attracts bends boosts bridges buffers
  bundles cancels chains charges clamps clips collapses compensates concentrates condenses conducts connects constrains
  contracts cools copies covers damps decreases deducts derives detaches dissolves diverts doubles drains drives drops
  eliminates emits enters escapes estimates evaluates expands explores faces feeds files floats folds forms fuses gates
  halves heals heats imports indexes inhibits injects inserts instructs invites issues lifts loads lowers masks mounts
  multiplies narrows nests notices occupies offsets oversees packs parses patches pools predicts presses probes projects
  promotes purges quotes reacts rearranges rebalances records reflects refreshes refuses regulates releases reminds
  repairs repels resists resolves restores retains retries reverses rounds sacrifices secretes selects senses shifts shields
  solves stabilises stabilizes stacks stimulates stirs stores straightens strengthens stretches subtracts summarises
  summarizes surrounds swells synthesises synthesizes tightens translates traps trickles underlies unites upgrades
  validates vetoes vibrates visits wraps agrees answers asks bills builds breaks buys carries caps cares changes clears closes codes compresses costs counts cuts
  deals decodes delays digests directs divides drops earns encodes erases explains fetches fills fires flushes frees gains
  gathers guards guides hands hashes hosts inspects joins judges kills labels lasts leaves limits links lists maps marks
  matches merges mirrors names negotiates obtains opens orders pays picks pins places plans points polls prints probes
  proves pumps queries raises ranks reads rebuilds reclaims repeats replays reports reserves resets rewrites rolls rotates
  routes samples scans searches settles shapes shares ships shows shrinks signs skips slows sorts spans speaks speeds
  spends splits stands steers strips sums swaps switches tags tests throttles ties trims turns types unlocks votes wakes
  walks warns weighs writes yields talks acts matters textures migrates escalates grinds arrives attacks belongs
  beats blends boils cleans cooks destroys dries eats fights formats grips hardens kills lies lowers melts mixes paints
  plays pours presents proposes refuses rests rings rises softens strains strikes sweeps swims sees thins touches wins permits forbids differs develops resembles
  equals exceeds lacks tends aims seems punches swaps competes cleaves digests swallows engulfs produces`.split(
    /\s+/,
  ),
);

/** Those of them that are as often nouns. */
export const mayBeNouns =
  /^(?:bills|builds|breaks|caps|changes|costs|counts|cuts|deals|drops|gains|guards|guides|hands|hosts|judges|labels|limits|links|lists|maps|marks|matches|names|orders|pins|places|plans|points|polls|prints|probes|pumps|queries|ranks|repeats|reports|reserves|routes|samples|scans|shapes|shares|shifts|ships|acts|attacks|formats|presents|rests|rings|strikes|touches|wins|mixes|signs|sorts|spans|splits|strips|sums|switches|tags|tests|ties|turns|types|votes|walks|yields|files|forms|gates|issues|loads|masks|patches|pools|projects|quotes|records|stacks|stores|traps|upgrades|visits|indexes|imports|drives|drops|covers|copies|contracts|chains|charges|buffers|bridges|archives)$/i;

/** 'runs' for 'run', 'has' for 'have'. */
export function thirdPerson(verb: string): string {
  if (/^have$/i.test(verb)) return 'has';
  if (/(?:s|x|ch|sh|z|o)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

/** What many do as what one does: 'give more and are quieter' is 'gives more and is quieter'. */
export function ofOne(predicate: string): string {
  const first = /^\p{L}+/u.exec(predicate)?.[0] ?? '';
  const rest = predicate
    .slice(first.length)
    .replace(/\b(and|but|or) are\b/g, '$1 is')
    .replace(/\b(and|but|or) have\b/g, '$1 has')
    .replace(
      /\b(and|but|or) (\p{Ll}+)(?= (?:the|an?|on|in|to|at|with|from|for|its|their|all|each|\d|\p{Ll}+ing)\b)/gu,
      (whole, link, verb) => (isKnown(`${verb}s`) ? `${link} ${thirdPerson(`${verb}`)}` : `${whole}`),
    );
  return `${/[^e]ed$/i.test(first) ? first : thirdPerson(first)}${rest}`;
}

function isKnown(verb: string): boolean {
  return (
    isVerb(verb) ||
    (unlistedVerbs.has(verb) &&
      !/^(?:files|forms|loads|records|links|lists|orders|places|points|routes|shapes|shares|tests|types|marks|images|views)$/.test(
        verb,
      ))
  );
}
