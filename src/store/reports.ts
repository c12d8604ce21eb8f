import { createHash } from 'node:crypto';
import { CardId, ConceptId } from '../notes/model.js';
import type { Database } from './database.js';
import type { ReportModel } from './generated/sqlite/models/Report.js';
import { storable } from './sql.js';
import { type Report, ReportId, type Reports, type WorkspaceKey } from './store.js';

const DAY_MS = 24 * 60 * 60_000;

/** Learners' reports of mistakes, for the admins of their workspace. */
export function reportsIn(database: Database): Reports {
  return {
    file: (draft, most) =>
      database.change(async (tx) => {
        const id = reportId(draft.idempotencyKey);
        if ((await tx.report.findUnique({ where: { id } })) !== null) return 'duplicate';
        const since = new Date(draft.at.getTime() - DAY_MS);
        const open = await tx.report.count({
          where: { learnerId: draft.learner, closedAt: null, at: { gt: since } },
        });
        if (open >= most) return 'too many';
        const workspace = await tx.workspace.findFirstOrThrow({ where: place(draft.workspace) });
        // A card that the database has not met yet is still worth a report.
        const card = draft.card && (await tx.card.findUnique({ where: { id: draft.card } }));
        await tx.report.create({
          data: {
            id,
            workspaceId: workspace.id,
            learnerId: draft.learner,
            cardId: card?.id ?? null,
            conceptId: draft.concept,
            term: storable(draft.term),
            note: storable(draft.note),
            line: draft.line,
            text: storable(draft.text),
            at: draft.at,
          },
        });
        return 'filed';
      }),
    open: (workspace, skip, take) =>
      database.read(async (client) => {
        const where = { closedAt: null, workspace: place(workspace) };
        const [rows, total] = await Promise.all([
          client.report.findMany({
            where,
            orderBy: [{ at: 'desc' }, { id: 'asc' }],
            include: { learner: true },
            skip,
            take,
          }),
          client.report.count({ where }),
        ]);
        return { reports: rows.map(toReport), total };
      }),
    async find(workspace, id) {
      const row = await database.read((client) =>
        client.report.findFirst({
          where: { id, closedAt: null, workspace: place(workspace) },
          include: { learner: true },
        }),
      );
      return row === null ? undefined : toReport(row);
    },
    async close(workspace, id, now) {
      const where = { id, closedAt: null, workspace: place(workspace) };
      const { count } = await database.change((tx) =>
        tx.report.updateMany({ where, data: { closedAt: now } }),
      );
      return count > 0;
    },
  };
}

/** The same interaction gives the same report; short enough for a button. */
function reportId(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('base64url').slice(0, 16);
}

function place({ platform, workspace }: WorkspaceKey) {
  return { platform, externalId: storable(workspace) };
}

function toReport(row: ReportModel & { readonly learner: { readonly name: string } }): Report {
  const { term, note, line, text, at } = row;
  return {
    id: ReportId.parse(row.id),
    by: row.learner.name,
    card: row.cardId === null ? undefined : CardId.parse(row.cardId),
    concept: ConceptId.parse(row.conceptId),
    term,
    note,
    line,
    text,
    at,
  };
}
