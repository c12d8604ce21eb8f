import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from './database.js';
import type { LearnerModel } from './generated/sqlite/models/Learner.js';
import { storable } from './sql.js';
import { type AccountKey, type Learner, LearnerId, type Learners, type Settings } from './store.js';

function toLearner(row: LearnerModel): Learner {
  return {
    id: LearnerId.parse(row.id),
    name: row.name,
    settings: {
      timeZone: row.timeZone ?? undefined,
      rolloverHour: row.rolloverHour,
      newPerDay: row.newPerDay,
      reviewsPerDay: row.reviewsPerDay,
      desiredRetention: row.desiredRetention,
    },
    weekendsOff: row.weekendsOff,
  };
}

const findAccount = (client: Pick<Transaction, 'account'>, account: AccountKey) =>
  client.account.findFirst({
    where: {
      externalId: account.user,
      workspace: { platform: account.platform, externalId: account.workspace },
    },
    include: { learner: true },
  });

async function makeAccount(
  tx: Transaction,
  account: AccountKey,
  name: string,
  now: Date,
): Promise<LearnerModel> {
  const place = { platform: account.platform, externalId: account.workspace };
  const workspace = await tx.workspace.upsert({
    where: { platform_externalId: place },
    create: { ...place, id: randomUUID(), createdAt: now },
    update: {},
  });
  const elsewhere = account.userIsGlobal
    ? await tx.account.findFirst({
        where: { externalId: account.user, workspace: { platform: account.platform } },
        include: { learner: true },
      })
    : null;
  const learner =
    elsewhere?.learner ?? (await tx.learner.create({ data: { id: randomUUID(), name, createdAt: now } }));
  await tx.account.create({
    data: {
      id: randomUUID(),
      workspaceId: workspace.id,
      externalId: account.user,
      learnerId: learner.id,
      name,
      createdAt: now,
    },
  });
  return learner;
}

/** Learners and the accounts by which platforms know them. */
export function learnersIn(database: Database): Learners {
  return {
    async signIn(asked, called, now) {
      const name = storable(called);
      const account = { ...asked, user: storable(asked.user), workspace: storable(asked.workspace) };
      const known = await database.read((client) => findAccount(client, account));
      if (known?.name === name) return toLearner(known.learner);
      return database.change(async (tx) => {
        // Another sign-in of the same account may have come first.
        const found = await findAccount(tx, account);
        if (found === null) return toLearner(await makeAccount(tx, account, name, now));
        if (found.name === name) return toLearner(found.learner);
        await tx.account.update({ where: { id: found.id }, data: { name } });
        return toLearner(await tx.learner.update({ where: { id: found.learnerId }, data: { name } }));
      });
    },
    async find(id) {
      const row = await database.read((client) => client.learner.findUnique({ where: { id } }));
      return row === null ? undefined : toLearner(row);
    },
    async known(asked) {
      const account = { ...asked, user: storable(asked.user), workspace: storable(asked.workspace) };
      const found = await database.read((client) => findAccount(client, account));
      return found === null ? undefined : toLearner(found.learner);
    },
    async changeSettings(id, change) {
      const data = settingsData(change);
      return toLearner(await database.change((tx) => tx.learner.update({ where: { id }, data })));
    },
  };
}

/** Settings that are absent stay; a time zone that is present and undefined is taken back. */
function settingsData(change: Partial<Settings>) {
  const { timeZone, ...rest } = change;
  return 'timeZone' in change ? { ...rest, timeZone: timeZone ?? null } : rest;
}
