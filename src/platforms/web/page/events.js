/**
 * @typedef {import('../events.js').Told} Told
 */

const ASK_AGAIN_MS = 3_000;

/**
 * Hears what is said in the channel without this window having asked. A window that nobody sees lets go of its
 * connection, for a browser has only six to one server, and catches up when it is seen again.
 */
export class Events {
  /** @param {string} user @param {(told: Told) => void} onTold */
  constructor(user, onTold) {
    this.user = user;
    this.onTold = onTold;
    this.last = '';
    /** @type {EventSource | undefined} */
    this.source = undefined;
    document.addEventListener('visibilitychange', () => this.listen());
    this.listen();
  }

  /** Opens or closes the connection, as the window is seen or not. */
  listen() {
    const wanted = document.visibilityState === 'visible';
    if (wanted === (this.source !== undefined)) return;
    this.source?.close();
    this.source = wanted ? this.open() : undefined;
  }

  open() {
    const query = new URLSearchParams({ user: this.user, ...(this.last && { after: this.last }) });
    const source = new EventSource(`api/events?${query}`);
    source.onmessage = ({ data, lastEventId }) => {
      this.last = lastEventId;
      this.onTold(JSON.parse(data));
    };
    source.onerror = () => {
      // After a break the browser connects again by itself, after a refusal it does not.
      if (source.readyState !== EventSource.CLOSED || source !== this.source) return;
      this.source = undefined;
      setTimeout(() => this.listen(), ASK_AGAIN_MS);
    };
    return source;
  }
}
