import { openStore } from '../../../src/store/open.js';

const store = await openStore(`file:${process.argv[2]}`, { busyTimeoutMs: 20_000 });
await store.ping();
await store.close();
