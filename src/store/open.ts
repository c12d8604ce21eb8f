import { boardsIn } from './boards.js';
import { cardsIn } from './cards.js';
import { Database } from './database.js';
import { StoreError } from './errors.js';
import { installationsIn } from './installations.js';
import { itemsIn } from './items.js';
import { keptRepliesIn } from './kept.js';
import { learnersIn } from './learners.js';
import { migrationsFolder, type Provider } from './migrations.js';
import { quizzesIn } from './quizzes.js';
import { reportsIn } from './reports.js';
import { reviewsIn } from './reviews.js';
import { schedulesIn } from './schedules.js';
import { seasonsIn } from './seasons.js';
import type { Store } from './store.js';
import { streaksIn } from './streaks.js';
import { teamsIn } from './teams.js';
import { WorkspaceIds } from './workspaces.js';

export interface OpenOptions {
  /** Folder of migrations; those of the program where absent. */
  readonly migrations?: string;
  /** `refuse`: a database that is missing, or needs a migration, is a NotReadyError, and stays as it is. */
  readonly pending?: 'apply' | 'refuse';
  /** How long SQLite waits for another program to let go of the file; 5,000 where absent. */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens the database at a `file:` or `postgresql:` URL, makes it where there is none, and brings it to this
 * program's schema, unless the options refuse that.
 *
 * @throws StoreError where the database cannot be used; it is left as it was, and the message says what to do.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  const provider = providerOf(url);
  const preparing = {
    migrations: options.migrations ?? migrationsFolder(provider),
    pending: options.pending ?? 'apply',
    busyTimeoutMs: options.busyTimeoutMs ?? 5000,
  };
  const database = new Database(await connect(provider, url, preparing));
  const items = itemsIn(database);
  const workspaces = new WorkspaceIds();
  const cards = cardsIn(database, workspaces);
  return {
    learners: learnersIn(database),
    cards,
    reviews: reviewsIn(database, cards, workspaces),
    boards: boardsIn(database, workspaces),
    seasons: seasonsIn(database, workspaces),
    reports: reportsIn(database),
    items,
    kept: keptRepliesIn(database),
    installations: installationsIn(database),
    schedules: schedulesIn(database, workspaces),
    quizzes: quizzesIn(database, workspaces),
    streaks: streaksIn(database),
    teams: teamsIn(database, workspaces),
    ping: () => database.ping(),
    async close() {
      await items.idle();
      await database.close();
    },
  };
}

// Loads only the client that is needed: each takes a tenth of a second.
async function connect(provider: Provider, url: string, options: Required<OpenOptions>) {
  if (provider === 'postgresql') return (await import('./postgresql.js')).openPostgresql(url, options);
  return (await import('./sqlite.js')).openSqlite(url, options);
}

function providerOf(url: string): Provider {
  if (url.startsWith('file:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgresql';
  const scheme = url.includes(':') ? `${url.split(':')[0]}:` : 'no scheme';
  throw new StoreError(
    `DATABASE_URL has ${scheme}, which is no database that this program knows. ` +
      'Give file:./data/eks.db, or postgresql://USER:PASSWORD@HOST/DATABASE.',
  );
}
