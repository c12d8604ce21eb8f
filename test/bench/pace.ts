import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Measure, median, quantile } from './measure.js';

/** Requests that are sent later than this are the bench's own fault. */
const LATE_MS = 100;

const Report = z.object({ cpuMs: z.number() });

/** A file beside this one. */
export const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** A bot in a process of its own, and how one request to it is made. */
export interface Driven {
  readonly child: ChildProcess;
  /** Resolves with how long the bot took, in ms; rejects where it did not answer in time. */
  readonly ask: (number: number) => Promise<number>;
}

export interface Pace {
  readonly perSecond: number;
  readonly seconds: number;
}

/** What a span of requests at a steady pace cost. */
export interface Span {
  readonly sent: number;
  /** Sent so much later than planned that the pace was not kept. */
  readonly late: number;
  /** Not answered in time. */
  readonly lost: number;
  /** Processor time of the bot's process for one request, in ms. */
  readonly cpuMs: number;
  /** From the request to the answer, in ms. */
  readonly waits: readonly number[];
}

/** Sends one request after the other at a steady pace, whether or not the earlier ones are answered. */
export async function drive({ child, ask }: Driven, { perSecond, seconds }: Pace): Promise<Span> {
  const total = perSecond * seconds;
  const waits: number[] = [];
  const answers: Promise<void>[] = [];
  let late = 0;
  let lost = 0;
  const send = async (number: number) => {
    try {
      waits.push(await ask(number));
    } catch {
      lost += 1;
    }
  };
  const before = await processorTime(child);
  const began = performance.now();
  while (answers.length < total) {
    const elapsed = performance.now() - began;
    // Whatever has come due meanwhile is sent now, so that a busy moment does not lower the pace.
    for (let due = Math.min(total, Math.floor((elapsed * perSecond) / 1000) + 1); answers.length < due; ) {
      if (elapsed - (answers.length * 1000) / perSecond > LATE_MS) late += 1;
      answers.push(send(answers.length));
    }
    await sleep(1);
  }
  await Promise.all(answers);
  const cpuMs = ((await processorTime(child)) - before) / total;
  return { sent: total, late, lost, cpuMs, waits };
}

/** Both by turns, so that a busy moment of the computer meets both alike. */
export async function driveByTurns(
  rounds: number,
  { ours, bare }: { readonly ours: Driven; readonly bare: Driven },
  pace: Pace,
): Promise<{ readonly ours: readonly Span[]; readonly bare: readonly Span[] }> {
  const spans: { ours: Span[]; bare: Span[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    spans.bare.push(await drive(bare, pace));
    spans.ours.push(await drive(ours, pace));
  }
  return spans;
}

export const cpuOf = (spans: readonly Span[]) => median(spans.map(({ cpuMs }) => cpuMs));
export const p99Of = (spans: readonly Span[]) => median(spans.map(({ waits }) => quantile(waits, 0.99)));

/** Whether the bench itself kept its pace; figures of a computer that was too busy say nothing. */
export function lateness(what: string, spans: readonly Span[]): Measure {
  const late = spans.reduce((sum, span) => sum + span.late, 0);
  const sent = spans.reduce((sum, span) => sum + span.sent, 0);
  return {
    what: `${what}, sent over ${LATE_MS} ms late by the bench itself`,
    value: late,
    floor: sent,
    unit: 'requests',
    floorIs: 'all that were sent',
    aim: 'under 1 in 100, or the computer was too busy to measure',
    reached: late < sent / 100,
  };
}

async function processorTime(child: ChildProcess): Promise<number> {
  child.send('report');
  const [report] = await once(child, 'message');
  return Report.parse(report).cpuMs;
}
