/**
 * @typedef {import('../api.js').Answer} Answer
 * @typedef {import('../../../bot/platform.js').Suggestion} Suggestion
 * @typedef {{ user: string, name: string }} Speaker
 * @typedef {{ press: string, values?: string[], form?: Record<string, string>, choices?: Record<string, string[]> }} Press
 */

const ANSWER_WITHIN_MS = 20_000;

/** What went wrong with a request; `retry` is false where sending the same again cannot help. */
export class Failure extends Error {
  /** @param {string} message @param {boolean} away @param {boolean} retry */
  constructor(message, away, retry) {
    super(message);
    this.away = away;
    this.retry = retry;
  }
}

/** @param {Speaker} speaker @param {string} id @param {string} text @returns {Promise<Answer>} */
export function sendMessage(speaker, id, text) {
  return post('api/messages', { ...speaker, id, text });
}

/** @param {Speaker} speaker @param {string} id @param {Press} press @returns {Promise<Answer>} */
export function sendPress(speaker, id, press) {
  return post('api/presses', { ...speaker, id, ...press });
}

/** What could follow the text; empty where the bot is away. @param {Speaker} speaker @param {string} text */
export async function suggestionsFor(speaker, text) {
  try {
    const response = await fetch(`api/completions?${new URLSearchParams({ ...speaker, text })}`);
    /** @type {{ suggestions?: Suggestion[] }} */
    const { suggestions } = await response.json();
    return suggestions ?? [];
  } catch {
    return [];
  }
}

/** @returns {Promise<boolean>} */
export async function isReady() {
  try {
    return (await fetch('readyz', { cache: 'no-store', signal: AbortSignal.timeout(3_000) })).ok;
  } catch {
    return false;
  }
}

/** @param {string} path @param {object} body @returns {Promise<Answer>} */
async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => {
    throw new Failure('The bot cannot be reached.', true, true);
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const message = answer.error ?? 'The bot did not understand the request.';
  throw new Failure(message, response.status === 503, response.status >= 500);
}
