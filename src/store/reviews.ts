import type { KeptCards } from './cards.js';
import type { Database } from './database.js';
import { days } from './days.js';
import { fromColumns } from './memory.js';
import { parametersId } from './parameters.js';
import { queue } from './queue.js';
import { rebuild } from './rebuild.js';
import { record } from './record.js';
import type { Reviews } from './store.js';
import { undo } from './undo.js';
import { want } from './wanted.js';
import type { WorkspaceIds } from './workspaces.js';

/** The log of reviews and what follows from it. */
export function reviewsIn(
  database: Database,
  cards: Pick<KeptCards, 'hidden' | 'unshown'>,
  workspaces: WorkspaceIds,
): Reviews {
  const sets = new Set<string>();
  return {
    async record(draft) {
      const result = await database.write((sql) => record(sql, draft, { sets, workspaces }));
      if (result.outcome === 'recorded') sets.add(parametersId(draft.learner, draft.parameters));
      return result;
    },
    async progress(learner, card) {
      const row = await database.read((client) =>
        client.memoryState.findUnique({ where: { learnerId_cardId: { learnerId: learner, cardId: card } } }),
      );
      return row === null
        ? { state: undefined, lastSeq: 0 }
        : { state: fromColumns(row), lastSeq: row.lastSeq };
    },
    undo: (learner, key, at, clock) => undo(database, learner, key, at, clock),
    async queue(query) {
      const hidden: ReadonlySet<string> = await cards.hidden(query.workspace, query.now);
      const unshown: ReadonlySet<string> = cards.unshown();
      return queue(database, query, (card) => !hidden.has(card) && !unshown.has(card));
    },
    want: (learner, cards, now) => want(database, learner, cards, now),
    days: (learner, limit) => days(database, learner, limit),
    rebuild: (apply) => rebuild(database, apply),
  };
}
