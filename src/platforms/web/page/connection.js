import { isReady } from './api.js';

const ASK_AGAIN_MS = 1_500;

/** Shows whether the bot answers, and asks again by itself while it does not. */
export class Connection {
  /** @param {HTMLElement} state */
  constructor(state) {
    this.state = state;
    this.asking = false;
  }

  here() {
    this.show('here', 'Online');
  }

  away() {
    this.show('away', 'The bot is away. Trying to reach it…');
    this.ask();
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    while (!(await isReady())) {
      this.show('away', 'The bot is away. Trying to reach it…');
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
    this.asking = false;
    this.here();
  }

  /** @param {string} kind @param {string} words */
  show(kind, words) {
    document.body.dataset.connection = kind;
    if (this.state.textContent !== words) this.state.textContent = words;
  }
}
