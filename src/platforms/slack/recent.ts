const MOST = 5_000;

/** What was taken in lately, so that what Slack delivers again is answered once. What is written has keys of its own. */
export class Recent {
  readonly #ids = new Set<string>();

  /** False for an id that was asked about before. */
  isNew(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= MOST) break;
      this.#ids.delete(oldest);
    }
    return true;
  }

  /** Lets an id be new again, where nothing came of it. */
  forget(id: string): void {
    this.#ids.delete(id);
  }
}
