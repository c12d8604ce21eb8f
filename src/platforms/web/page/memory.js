/**
 * @typedef {import('../drawn.js').Drawn} Drawn
 * @typedef {import('../../../bot/reply.js').Reply} Reply
 */

/**
 * A message of the learner's own, or an answer of the bot. A `final` failure is one that sending again cannot mend.
 * What stands in other windows too has the id it has there, `shared`; `by` is whom the bot answered.
 * @typedef {{ kind: 'mine', id: string, text: string, at: number, state: 'sending' | 'sent' | 'failed', error?: string, final?: boolean }} Mine
 * @typedef {{ kind: 'bot', id: string, reply: Reply, drawn: Drawn, at: number, shared?: string, by?: string }} Answered
 * @typedef {Mine | Answered} Entry
 */

const MOST_ENTRIES = 100;
const MOST_CHARACTERS = 2_000_000;
const SAFE_ID = /^[A-Za-z0-9._:-]{1,64}$/;

/** A random id; `crypto.randomUUID` is missing where the page is reached by a plain network address. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * This window's learner: named in the address, so that a bookmark or a reload is the same person, or met earlier in
 * this tab, or new. Another window of the plain address is another learner.
 */
export function learnerId() {
  const named =
    new URLSearchParams(location.hash.slice(1)).get('learner') ?? read(sessionStorage, 'eks.learner');
  const id = named !== null && SAFE_ID.test(named) ? named : newId();
  write(sessionStorage, 'eks.learner', id);
  history.replaceState(null, '', `#learner=${id}`);
  return id;
}

/** @param {string} learner */
export function nameOf(learner) {
  return read(localStorage, `eks.name.${learner}`) ?? `Guest ${learner.slice(0, 4)}`;
}

/** @param {string} learner @param {string} name */
export function rememberName(learner, name) {
  write(localStorage, `eks.name.${learner}`, name);
}

/** The conversation of one learner in this tab, kept over a reload; the oldest entries go when it grows too long. */
export class Conversation {
  /** @param {string} learner */
  constructor(learner) {
    this.key = `eks.conversation.${learner}`;
    /** @type {Entry[]} */
    this.entries = restore(read(sessionStorage, this.key));
  }

  /** @param {Entry} entry */
  add(entry) {
    this.entries.push(entry);
    this.save();
  }

  /** @param {Entry} entry */
  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    this.save();
  }

  /** @param {Entry} before @param {Entry} after */
  replace(before, after) {
    this.entries = this.entries.map((entry) => (entry === before ? after : entry));
    this.save();
  }

  save() {
    let kept = this.entries.slice(-MOST_ENTRIES);
    let text = JSON.stringify(kept);
    while (kept.length > 1 && text.length > MOST_CHARACTERS) {
      kept = kept.slice(Math.ceil(kept.length / 4));
      text = JSON.stringify(kept);
    }
    write(sessionStorage, this.key, text);
  }
}

/** @param {string | null} text @returns {Entry[]} */
function restore(text) {
  try {
    const entries = JSON.parse(text ?? '[]');
    return Array.isArray(entries) ? entries.map(interrupted) : [];
  } catch {
    return [];
  }
}

/**
 * A message that was on its way when the page went: nobody knows whether it came through, so it is offered again.
 * @param {Entry} entry @returns {Entry}
 */
function interrupted(entry) {
  if (entry.kind !== 'mine' || entry.state !== 'sending') return entry;
  return { ...entry, state: 'failed', error: 'The page was closed before an answer came.' };
}

/** @param {Storage} storage @param {string} key */
function read(storage, key) {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {Storage} storage @param {string} key @param {string} value */
function write(storage, key, value) {
  try {
    storage.setItem(key, value);
  } catch {
    // Full or switched off: the chat goes on, and only a reload forgets.
  }
}
