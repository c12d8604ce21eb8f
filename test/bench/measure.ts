/** One measured thing beside what it could cost at the least, taken in the same run. */
export interface Measure {
  readonly what: string;
  readonly value: number;
  readonly floor: number;
  readonly unit: string;
  /** What the floor is. */
  readonly floorIs: string;
  /** What we want, in words. */
  readonly aim: string;
  readonly reached: boolean;
}

/** The middle value; of an even count the lower middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share of all values lies, 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? sorted[0] ?? Number.NaN;
}

/** Milliseconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Both by turns, so that a busy moment of the computer meets both alike; medians in milliseconds. */
export async function byTurns(
  rounds: number,
  ours: () => unknown,
  floor: () => unknown,
): Promise<{ readonly ours: number; readonly floor: number }> {
  const times: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(await timed(floor));
    times.ours.push(await timed(ours));
  }
  return { ours: median(times.ours), floor: median(times.floor) };
}

const digits = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** A measure as a person reads it, two lines. */
export function show({ what, value, floor, unit, floorIs, aim, reached }: Measure): string {
  return [
    `${what}: ${digits(value)} ${unit}, ${digits(value / floor)} x the floor (${floorIs}: ${digits(floor)} ${unit})`,
    `    aim: ${aim} - ${reached ? 'reached' : 'NOT reached'}`,
  ].join('\n');
}
