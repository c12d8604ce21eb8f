// Loaded into the built program before anything else (`node --import`). Lets a test set the program's clock, and ends
// the program by SIGKILL at a step of a daily quiz: before or after a write to its rows takes effect, before or after
// a request for its message. Orders stand in a file, which is read again on SIGUSR2; steps are told in another one.
import diagnostics from 'node:diagnostics_channel';
import { appendFileSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';

const { KILLABLE_ORDER = '', KILLABLE_STEPS = '' } = process.env;

let order;
const readOrder = () => {
  order = JSON.parse(readFileSync(KILLABLE_ORDER, 'utf8'));
};
readOrder();

const startTimer = globalThis.setTimeout;
let next;
/** The quiz looks every five seconds what is due; once the clock is set, nobody has to wait for that. */
globalThis.setTimeout = Object.defineProperties((work, ...given) => {
  const timer = startTimer(work, ...given);
  if (work.name === 'tick') next = { timer, work };
  return timer;
}, Object.getOwnPropertyDescriptors(startTimer));
process.on('SIGUSR2', () => {
  readOrder();
  clearTimeout(next?.timer);
  next?.work();
});

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + order.aheadMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + order.aheadMs;
  }
  static [Symbol.hasInstance](value) {
    return value instanceof RealDate;
  }
};

function step(name) {
  appendFileSync(KILLABLE_STEPS, `${name}\n`);
  if (name !== order.killAt) return;
  process.kill(process.pid, 'SIGKILL');
  // Nothing more happens in the instant before the signal arrives.
  for (;;);
}

/** Writes in words; one that is not known here is told as it is. */
const WRITES = [
  [/^INSERT INTO "Quiz"/, 'claim'],
  [/^UPDATE "Schedule" SET "nextRunAt"/, 'move on'],
  [/^UPDATE "Quiz" SET "attempts"/, 'try'],
  [/^UPDATE "Quiz" SET "status" = 'posted'/, 'posted'],
  [/^UPDATE "Quiz" SET "status" = 'closed'/, 'closed'],
  [/^UPDATE "Quiz" SET "status" = 'given-up'/, 'given up'],
];

function nameOf(sql) {
  if (!/^\s*(INSERT INTO|UPDATE|DELETE FROM)\s\W*(main\W+)?(Quiz|Schedule)\b/.test(sql)) return undefined;
  return WRITES.find(([pattern]) => pattern.test(sql))?.[1] ?? sql.replace(/\s+/g, ' ').trim();
}

/** The first write of the transaction that is open on each connection. */
const opened = new WeakMap();

function around(connection, sql, work) {
  const written = nameOf(sql);
  if (written !== undefined) {
    step(`before ${written}`);
    if (!opened.has(connection)) opened.set(connection, written);
    return work();
  }
  const first = opened.get(connection);
  if (first === undefined || !/^\s*(COMMIT|ROLLBACK)/.test(sql)) return work();
  opened.delete(connection);
  const end = sql.trim().toLowerCase();
  step(`before ${end} of ${first}`);
  const result = work();
  step(`after ${end} of ${first}`);
  return result;
}

const { prepare } = Database.prototype;
Database.prototype.prepare = function prepareToStep(sql) {
  const statement = prepare.call(this, sql);
  for (const method of ['run', 'all', 'get']) {
    const work = statement[method].bind(statement);
    statement[method] = (...given) => around(this, sql, () => work(...given));
  }
  return statement;
};

/** Requests for messages; Discord's carry ids in their paths. */
const asked = ({ request: { method, path } }) => {
  const shown = path.replace(/^\/api\/(v\d+\/)?/, '').replace(/\d{15,}/g, 'id');
  return /^(channels\/id\/messages|chat\.|conversations\.)/.test(shown)
    ? `${method} ${shown.split('?')[0]}`
    : undefined;
};
diagnostics.subscribe('undici:request:create', (message) => {
  const request = asked(message);
  if (request !== undefined) step(`before ${request}`);
});
diagnostics.subscribe('undici:request:headers', (message) => {
  const request = asked(message);
  if (request !== undefined) step(`after ${request}`);
});
