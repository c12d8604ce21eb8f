import { make } from './draw.js';
import { drawForm } from './form.js';

/**
 * @typedef {import('../../../bot/reply.js').Reply} Reply
 * @typedef {import('../../../bot/reply.js').Button} Button
 * @typedef {import('../../../bot/reply.js').Select} Select
 * @typedef {import('./api.js').Press} Press
 * @typedef {(press: Press) => void} OnPress
 */

const STYLES = ['primary', 'secondary', 'success', 'danger'];

/** Buttons, selects and form of an answer. @param {Reply} reply @param {OnPress} onPress @returns {HTMLElement[]} */
export function drawControls({ buttons = [], selects = [], form }, onPress) {
  const parts = [];
  if (buttons.length > 0) {
    const drawn = buttons.map((button, at) => drawButton(button, at, onPress));
    parts.push(make('div', { className: 'actions' }, ...drawn));
  }
  for (const select of selects) parts.push(drawSelect(select, onPress));
  if (form !== undefined) parts.push(drawForm(form, onPress));
  return parts;
}

/** @param {Button} button @param {number} at @param {OnPress} onPress */
function drawButton({ label, press, style = 'secondary' }, at, onPress) {
  const className = `button ${STYLES.includes(style) ? style : 'secondary'}`;
  const node = make('button', { type: 'button', className, onclick: () => onPress({ press }) }, label);
  if (at < 9) node.setAttribute('aria-keyshortcuts', String(at + 1));
  return node;
}

/** @param {Select} select @param {OnPress} onPress */
function drawSelect({ label, press, options }, onPress) {
  const list = make('select', {}, make('option', { value: '' }, 'Choose…'));
  for (const option of options) {
    const words = option.description ? `${option.label} – ${option.description}` : option.label;
    list.append(make('option', { value: option.value }, words));
  }
  const send = make('button', { type: 'button', className: 'button secondary', disabled: true }, 'Choose');
  list.onchange = () => {
    send.disabled = list.selectedIndex === 0;
  };
  send.onclick = () => onPress({ press, values: [list.value] });
  return make('div', { className: 'select' }, make('label', {}, make('span', {}, label), list), send);
}
