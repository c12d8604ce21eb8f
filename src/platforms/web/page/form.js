import { make } from './draw.js';
import { newId } from './memory.js';

/**
 * @typedef {import('../../../bot/reply.js').Form} Form
 * @typedef {import('../../../bot/reply.js').Input} Input
 * @typedef {import('./controls.js').OnPress} OnPress
 */

/** A form of an answer, within its message. @param {Form} form @param {OnPress} onPress */
export function drawForm({ title, press, submit, inputs }, onPress) {
  const heading = make('h4', { id: `form-${newId()}` }, title);
  const send = make('button', { type: 'submit', className: 'button primary' }, submit);
  const cancel = make('button', { type: 'button', className: 'button secondary' }, 'Cancel');
  const node = make('form', { className: 'form', autocomplete: 'off' }, heading);
  node.setAttribute('aria-labelledby', heading.id);
  /** @type {Map<string, HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */
  const fields = new Map();
  for (const input of inputs) {
    const field = drawField(input);
    fields.set(input.name, field);
    node.append(drawRow(input, field));
  }
  node.append(make('div', { className: 'actions' }, send, cancel));
  node.onsubmit = (event) => {
    event.preventDefault();
    onPress({ press, form: Object.fromEntries([...fields].map(([name, field]) => [name, field.value])) });
  };
  const leave = () => {
    node.replaceWith(make('p', { className: 'hint' }, `${title}: not sent.`));
    document.getElementById('text')?.focus();
  };
  cancel.onclick = leave;
  node.onkeydown = (event) => {
    if (event.key === 'Escape') leave();
  };
  return node;
}

/** @param {Input} input @param {HTMLElement} field */
function drawRow({ label, required = false, hint }, field) {
  const words = make('label', { htmlFor: field.id }, label);
  if (!required) words.append(make('small', {}, 'optional'));
  const row = make('div', { className: 'row' }, words, field);
  if (hint) {
    const note = make('p', { className: 'hint', id: `${field.id}-hint` }, hint);
    field.setAttribute('aria-describedby', note.id);
    row.append(note);
  }
  return row;
}

/** @param {Input} input */
function drawField({ kind, value = '', required = false, maximumLength, options = [] }) {
  const id = `field-${newId()}`;
  if (kind === 'choice') {
    const blank = value === '' || !required ? [make('option', { value: '' }, 'Choose…')] : [];
    const rest = options.map((option) => make('option', { value: option.value }, option.label));
    return Object.assign(make('select', { id, required }, ...blank, ...rest), { value });
  }
  const field =
    kind === 'longtext'
      ? make('textarea', { id, required, value, rows: 4 })
      : make('input', { id, required, value, type: kind === 'number' ? 'number' : 'text', step: 'any' });
  if (maximumLength !== undefined) field.maxLength = maximumLength;
  return field;
}
