import { afterAll } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { storeContract } from './contract.js';
import { type PostgresServer, startPostgres } from './postgres.js';

let server: PostgresServer | undefined;
afterAll(() => server?.stop());

storeContract('a PostgreSQL database', async () => {
  server = await startPostgres();
  return openStore(await server.database());
});
