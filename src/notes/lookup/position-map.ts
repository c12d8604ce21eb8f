/** A concept's position in the list that an index was made from. */
export type Position = number;

/** Positions by a word or name. Nearly all have one only, so that one is kept as a bare number. */
export class PositionMap {
  readonly #positions = new Map<string, Position | Position[]>();

  add(key: string, position: Position): void {
    const known = this.#positions.get(key);
    if (known === undefined) this.#positions.set(key, position);
    else if (typeof known === 'number') this.#positions.set(key, [known, position]);
    else known.push(position);
  }

  has(key: string): boolean {
    return this.#positions.has(key);
  }

  get(key: string): readonly Position[] | undefined {
    const known = this.#positions.get(key);
    return typeof known === 'number' ? [known] : known;
  }
}
