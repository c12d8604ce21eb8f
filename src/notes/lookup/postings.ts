import { searchTokens } from '../tokens.js';
import type { Position } from './position-map.js';

const none = new Uint32Array();

/** In which concepts each stem stands, in their order; one array for all of them, for there may be millions. */
export class Postings {
  readonly #slots = new Map<string, number>();
  readonly #starts: Uint32Array;
  readonly #positions: Uint32Array;

  constructor(lists: ReadonlyMap<string, readonly Position[]>) {
    this.#starts = new Uint32Array(lists.size + 1);
    let sum = 0;
    for (const list of lists.values()) sum += list.length;
    this.#positions = new Uint32Array(sum);
    let end = 0;
    for (const [stem, list] of lists) {
      this.#positions.set(list, end);
      end += list.length;
      this.#slots.set(stem, this.#slots.size);
      this.#starts[this.#slots.size] = end;
    }
  }

  has(stem: string): boolean {
    return this.#slots.has(stem);
  }

  /** The positions of a stem, ascending; none for one that the notes do not use. */
  of(stem: string): Uint32Array {
    const slot = this.#slots.get(stem);
    return slot === undefined ? none : this.#positions.subarray(this.#starts[slot], this.#starts[slot + 1]);
  }
}

/** Where a word stands: in how many concepts, in which one last, and the lists of its stems. */
interface Use {
  count: number;
  last: Position;
  readonly lists: readonly Position[][];
}

/** Gathers what postings are made of; needed only while they are. */
export class Counted {
  readonly lists = new Map<string, Position[]>();
  readonly uses = new Map<string, Use>();

  /** Notes that a word stands in a concept; called in the order of the concepts. */
  count(word: string, position: Position): void {
    let use = this.uses.get(word);
    if (use === undefined) {
      use = { count: 0, last: -1, lists: searchTokens(word).map((stem) => this.#list(stem)) };
      this.uses.set(word, use);
    }
    if (use.last === position) return;
    use.last = position;
    use.count += 1;
    for (const list of use.lists) if (list.at(-1) !== position) list.push(position);
  }

  #list(stem: string): Position[] {
    const known = this.lists.get(stem);
    if (known !== undefined) return known;
    const list: Position[] = [];
    this.lists.set(stem, list);
    return list;
  }
}
