import { make } from './draw.js';
import { drawGroups } from './groups.js';
import { newId } from './memory.js';

/**
 * @typedef {import('../../../bot/reply.js').Form} Form
 * @typedef {import('../../../bot/reply.js').Input} Input
 * @typedef {import('../../../bot/reply.js').AnswerInput} AnswerInput
 * @typedef {import('../../../bot/reply.js').ChoicesInput} ChoicesInput
 * @typedef {import('./controls.js').OnPress} OnPress
 */

/** A form of an answer, within its message. @param {Form} form @param {OnPress} onPress */
export function drawForm({ title, press, submit, inputs }, onPress) {
  const heading = make('h4', { id: `form-${newId()}` }, title);
  const send = make('button', { type: 'submit', className: 'button primary' }, submit);
  const cancel = make('button', { type: 'button', className: 'button secondary' }, 'Cancel');
  const node = make('form', { className: 'form', autocomplete: 'off' }, heading);
  node.setAttribute('aria-labelledby', heading.id);
  /** @type {Map<string, () => string>} */
  const answers = new Map();
  /** @type {Map<string, () => string[]>} */
  const choices = new Map();
  for (const input of inputs) {
    if (input.kind === 'choices') {
      const { group, chosen } = drawChoices(input);
      choices.set(input.name, chosen);
      node.append(group);
    } else {
      const field = drawField(input);
      answers.set(input.name, () => field.value);
      node.append(drawRow(input, field));
    }
  }
  node.append(make('div', { className: 'actions' }, send, cancel));
  node.onsubmit = (event) => {
    event.preventDefault();
    onPress({ press, form: read(answers), choices: read(choices) });
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

/** @template T @param {Map<string, () => T>} fields @returns {Record<string, T>} */
function read(fields) {
  return Object.fromEntries([...fields].map(([name, value]) => [name, value()]));
}

/** @param {AnswerInput} input @param {HTMLElement} field */
function drawRow({ label, required = false, hint }, field) {
  const words = make('label', { htmlFor: field.id }, label);
  if (!required) words.append(make('small', {}, 'optional'));
  const row = make('div', { className: 'row' }, words, field);
  if (hint) row.append(drawHint(hint, field));
  return row;
}

/** @param {string} hint @param {HTMLElement} field */
function drawHint(hint, field) {
  const note = make('p', { className: 'hint', id: `hint-${newId()}` }, hint);
  field.setAttribute('aria-describedby', note.id);
  return note;
}

/** @param {ChoicesInput} input */
function drawChoices({ label, hint, options, values }) {
  const group = make('fieldset', { className: 'choices' }, make('legend', {}, label));
  if (hint) group.append(drawHint(hint, group));
  const { nodes, chosen } = drawGroups(options, values);
  group.append(...nodes);
  return { group, chosen };
}

/** @param {AnswerInput} input */
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
