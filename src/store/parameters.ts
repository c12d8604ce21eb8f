import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Parameters } from '../learning/model.js';
import { ALGORITHM } from './memory.js';
import type { Sql } from './sql.js';
import type { LearnerId } from './store.js';

/** The same learner and content give the same id, so that a set is stored once. */
export function parametersId(learner: LearnerId, set: Parameters): string {
  const content = JSON.stringify([
    learner,
    ALGORITHM,
    set.weights,
    set.desiredRetention,
    set.maximumInterval,
    set.learningSteps,
    set.relearningSteps,
    set.fuzz,
  ]);
  return createHash('sha256').update(content).digest('base64url').slice(0, 24);
}

/** Stores a learner's set unless it is there. */
export async function saveParameters(sql: Sql, id: string, learner: LearnerId, set: Parameters, at: Date) {
  await sql.execute(
    `INSERT INTO "Parameters" ("id", "learnerId", "algorithm", "weights", "desiredRetention", "maximumInterval",
      "learningSteps", "relearningSteps", "fuzz", "createdAt") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING`,
    [
      id,
      learner,
      ALGORITHM,
      JSON.stringify(set.weights),
      set.desiredRetention,
      set.maximumInterval,
      JSON.stringify(set.learningSteps),
      JSON.stringify(set.relearningSteps),
      set.fuzz,
      at,
    ],
  );
}

const Numbers = z.array(z.number());
const Texts = z.array(z.string());

/** A stored set as the scheduler reads it. */
export function readParameters(row: {
  readonly weights: string;
  readonly desiredRetention: number;
  readonly maximumInterval: number;
  readonly learningSteps: string;
  readonly relearningSteps: string;
  readonly fuzz: boolean;
}): Parameters {
  return {
    weights: Numbers.parse(JSON.parse(row.weights)),
    desiredRetention: row.desiredRetention,
    maximumInterval: row.maximumInterval,
    learningSteps: Texts.parse(JSON.parse(row.learningSteps)),
    relearningSteps: Texts.parse(JSON.parse(row.relearningSteps)),
    fuzz: row.fuzz,
  };
}
