import { afterAll, beforeAll } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { storeContract } from './contract.js';
import { dayContract } from './contract-day.js';
import { type PostgresServer, startPostgres } from './postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = async () => openStore(await server.database());
storeContract('a PostgreSQL database', open);
dayContract('a PostgreSQL database', open);
