import { z } from 'zod';
import type { LoggedReview, Parameters } from '../learning/model.js';
import type { ParametersModel } from './generated/sqlite/models/Parameters.js';
import type { ReviewModel } from './generated/sqlite/models/Review.js';
import { readParameters } from './parameters.js';

const Kind = z.enum(['review', 'practice', 'import', 'reset', 'void']);
const RatingColumn = z.literal([1, 2, 3, 4]).nullable();

/** Parameter sets by id, each parsed once: the scheduler keeps its own work by the object. */
export class ParameterSets {
  readonly #sets = new Map<string, Parameters>();

  constructor(rows: readonly ParametersModel[]) {
    for (const row of rows) this.#sets.set(row.id, readParameters(row));
  }

  get(id: string): Parameters {
    const set = this.#sets.get(id);
    if (set === undefined) throw new Error(`The parameter set ${id} is missing.`);
    return set;
  }
}

/** A row of the log as the fold needs it. */
export function toLogged(row: ReviewModel, sets: ParameterSets): LoggedReview {
  return {
    seq: row.seq,
    kind: Kind.parse(row.kind),
    voids: row.voids ?? undefined,
    at: row.at,
    clock: { timeZone: row.timeZone, rolloverHour: row.rolloverHour },
    rating: RatingColumn.parse(row.rating) ?? undefined,
    counts: row.counts,
    parameters: sets.get(row.parametersId),
    seed: row.seed,
  };
}
