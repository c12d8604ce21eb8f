import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { storeContract } from './contract.js';
import { dailyContract } from './contract-daily.js';
import { dayContract } from './contract-day.js';
import { deskContract } from './contract-desk.js';
import { editsContract } from './contract-edits.js';
import { installsContract } from './contract-installs.js';
import { itemsContract } from './contract-items.js';
import { peopleContract } from './contract-people.js';
import { scoresContract } from './contract-scores.js';

const folder = mkdtempSync(join(tmpdir(), 'eks-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

storeContract('a SQLite file', () => openStore(`file:${join(folder, 'contract.db')}`));
dailyContract('a SQLite file', () => openStore(`file:${join(folder, 'daily.db')}`));
dayContract('a SQLite file', () => openStore(`file:${join(folder, 'day.db')}`));
deskContract('a SQLite file', () => openStore(`file:${join(folder, 'desk.db')}`));
peopleContract('a SQLite file', () => openStore(`file:${join(folder, 'people.db')}`));
editsContract('a SQLite file', () => openStore(`file:${join(folder, 'edits.db')}`));
itemsContract('a SQLite file', () => openStore(`file:${join(folder, 'items.db')}`));
scoresContract('a SQLite file', () => openStore(`file:${join(folder, 'scores.db')}`));
installsContract('a SQLite file', () => openStore(`file:${join(folder, 'installs.db')}`));
