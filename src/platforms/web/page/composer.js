import { suggestionsFor } from './api.js';
import { make } from './draw.js';

/**
 * @typedef {import('../../../bot/platform.js').Suggestion} Suggestion
 * @typedef {import('./api.js').Speaker} Speaker
 */

const ASK_AFTER_MS = 80;
const MOST_REMEMBERED = 50;

/** The line one types in: completion of commands, earlier messages, sending. */
export class Composer {
  /** @param {() => Speaker} speaker @param {(text: string) => void} onSend @param {string[]} earlier */
  constructor(speaker, onSend, earlier) {
    this.speaker = speaker;
    this.onSend = onSend;
    this.input = /** @type {HTMLInputElement} */ (document.getElementById('text'));
    this.list = /** @type {HTMLElement} */ (document.getElementById('completions'));
    /** @type {Suggestion[]} */
    this.suggestions = [];
    this.selected = -1;
    this.asked = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.earlier = earlier.slice(-MOST_REMEMBERED);
    this.recalled = this.earlier.length;
    this.draft = '';
    this.listen();
  }

  listen() {
    const form = /** @type {HTMLFormElement} */ (document.getElementById('composer'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener('input', () => {
      this.recalled = this.earlier.length;
      this.ask();
    });
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => this.close());
    // The line keeps the focus while a suggestion is clicked; losing it would close the list before the click.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const item = event.target instanceof Element ? event.target.closest('[role=option]') : null;
      if (item instanceof HTMLElement) this.accept(Number(item.dataset.at));
    });
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  send() {
    const text = this.input.value.trim();
    if (text === '') return;
    if (this.earlier.at(-1) !== text) this.earlier.push(text);
    this.earlier = this.earlier.slice(-MOST_REMEMBERED);
    this.write('');
    this.recalled = this.earlier.length;
    this.close();
    this.onSend(text);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    const handled = open ? this.keyInList(event.key, event.shiftKey) : this.keyInLine(event.key);
    if (handled) event.preventDefault();
  }

  /** @param {string} key @param {boolean} shift */
  keyInList(key, shift) {
    if (key === 'Tab' && shift) return false;
    if (key === 'ArrowDown') this.select(this.selected + 1);
    else if (key === 'ArrowUp')
      this.select(this.selected < 0 ? this.suggestions.length - 1 : this.selected - 1);
    else if (key === 'Tab') this.accept(Math.max(this.selected, 0));
    else if (key === 'Enter' && this.selected >= 0) this.accept(this.selected);
    else if (key === 'Escape') this.close();
    else return false;
    return true;
  }

  /** @param {string} key */
  keyInLine(key) {
    if (key === 'ArrowUp') return this.recall(-1);
    if (key === 'ArrowDown') return this.recall(1);
    return false;
  }

  /** Steps through earlier messages; what was being typed comes back at the end. @param {number} step */
  recall(step) {
    const at = this.recalled + step;
    if (at < 0 || at > this.earlier.length) return false;
    if (this.recalled === this.earlier.length) this.draft = this.input.value;
    this.recalled = at;
    this.write(this.earlier[at] ?? this.draft);
    return true;
  }

  /** @param {string} text */
  write(text) {
    this.input.value = text;
    this.input.setSelectionRange(text.length, text.length);
  }

  /** Asks for suggestions once typing pauses; an answer to an older text is dropped. */
  ask() {
    clearTimeout(this.timer);
    this.asked += 1;
    const turn = this.asked;
    if (this.input.value.trim() === '') return this.close();
    this.timer = setTimeout(async () => {
      const text = this.input.value;
      const found = await suggestionsFor(this.speaker(), text);
      if (turn === this.asked) this.open(found.filter((one) => one.text.trim() !== text.trim()));
    }, ASK_AFTER_MS);
  }

  /** @param {Suggestion[]} suggestions */
  open(suggestions) {
    if (suggestions.length === 0) return this.close();
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map(drawSuggestion));
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.select(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.selected = -1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  /** @param {number} at */
  select(at) {
    this.selected = at >= this.suggestions.length ? 0 : at;
    for (const [index, item] of [...this.list.children].entries()) {
      item.setAttribute('aria-selected', String(index === this.selected));
    }
    const item = this.list.children[this.selected];
    if (item === undefined) return this.input.removeAttribute('aria-activedescendant');
    this.input.setAttribute('aria-activedescendant', item.id);
    item.scrollIntoView({ block: 'nearest' });
  }

  /** @param {number} at */
  accept(at) {
    const suggestion = this.suggestions[at];
    if (suggestion === undefined) return;
    this.close();
    this.write(suggestion.text);
    this.focus();
    this.ask();
  }
}

/** @param {Suggestion} suggestion @param {number} at */
function drawSuggestion({ label, description }, at) {
  const words = [make('b', {}, label), make('span', {}, description)];
  const item = make('div', { id: `completion-${at}`, role: 'option' }, ...words);
  item.dataset.at = String(at);
  item.setAttribute('aria-selected', 'false');
  return item;
}
