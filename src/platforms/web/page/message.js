import { drawControls } from './controls.js';
import { drawBody, drawTime, make } from './draw.js';

/**
 * @typedef {import('./memory.js').Mine} Mine
 * @typedef {import('./memory.js').Answered} Answered
 * @typedef {import('./controls.js').OnPress} OnPress
 */

/** @param {Mine} entry @param {string} name @param {() => void} onRetry */
export function drawMine(entry, name, onRetry) {
  const node = frame(`You said: ${entry.text}`, 'mine', drawAvatar(name), name, entry.at);
  const body = make('div', { className: 'body' }, make('p', { className: 'said' }, entry.text));
  if (entry.state === 'sending') body.append(make('p', { className: 'sending' }, 'Sending…'));
  if (entry.state === 'failed')
    body.append(drawTrouble(entry.error ?? '', entry.final ? undefined : onRetry));
  node.append(body);
  return node;
}

/** @param {Answered} entry @param {OnPress} onPress */
export function drawBot({ reply, drawn, at, by }, onPress) {
  const node = frame('Study bot', 'bot', botAvatar(), 'Study bot', at);
  const body = make('div', { className: 'body' });
  if (reply.visibility === 'private')
    body.append(make('p', { className: 'private' }, 'Only you can see this'));
  if (by) body.append(make('p', { className: 'asked' }, `${by} asked`));
  body.append(make('div', { className: 'card' }, ...drawBody(reply, drawn), ...drawControls(reply, onPress)));
  node.append(body);
  return node;
}

/** @param {string[]} examples @param {(text: string) => void} say */
export function drawGreeting(examples, say) {
  const node = frame('Study bot', 'bot', botAvatar(), 'Study bot', Date.now());
  const buttons = examples.map((text) =>
    make('button', { type: 'button', className: 'button example', onclick: () => say(text) }, text),
  );
  const card = make(
    'div',
    { className: 'card' },
    make('h3', { className: 'title' }, 'Welcome'),
    make('p', {}, 'I turn your notes into questions and bring them back when you are about to forget them.'),
    make('p', {}, 'Ask about anything in the notes, or try one of these:'),
    make('div', { className: 'actions' }, ...buttons),
  );
  node.append(make('div', { className: 'body' }, card));
  return node;
}

/** Says that something was not sent, with the way out. @param {string} message @param {(() => void) | undefined} onRetry */
export function drawTrouble(message, onRetry) {
  const node = make('p', { className: 'trouble', role: 'alert' }, make('span', {}, `Not sent. ${message}`));
  if (onRetry)
    node.append(make('button', { type: 'button', className: 'button retry', onclick: onRetry }, 'Retry'));
  return node;
}

/** @param {string} label @param {string} kind @param {HTMLElement} avatar @param {string} name @param {number} at */
function frame(label, kind, avatar, name, at) {
  const who = make('b', {}, name);
  const head = make('div', { className: 'head' }, who, drawTime(at));
  const node = make(
    'article',
    { className: `message ${kind}`, tabIndex: -1, ariaLabel: label },
    avatar,
    head,
  );
  return node;
}

function botAvatar() {
  return make('img', { className: 'avatar', src: 'icon.svg', alt: '', width: 36, height: 36 });
}

/** Initials on one of six colours, always the same for a name. @param {string} name */
function drawAvatar(name) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
  const colour = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6;
  const node = make('span', { className: `avatar colour-${colour}` }, initials);
  node.setAttribute('aria-hidden', 'true');
  return node;
}
