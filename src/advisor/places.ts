import type { ReadFile } from './files.js';
import type { FactProblem } from './model.js';
import type { FactFile } from './schema.js';

export type Path = readonly (string | number)[];

/** Where something stands in the files of facts. */
export interface Place {
  readonly file: ReadFile;
  readonly path: Path;
}

export type Placed<T> = Place & { readonly value: T };

/** The entries of all files as one list of each kind, each entry with its place; and the problems found in them. */
export class Places {
  readonly problems: FactProblem[] = [];

  constructor(private readonly files: readonly ReadFile[]) {}

  all<T>(key: string, pick: (content: FactFile) => readonly T[]): Placed<T>[] {
    return this.files.flatMap((file) =>
      pick(file.content).map((value, index) => ({ file, path: [key, index], value })),
    );
  }

  sources() {
    return this.files.flatMap((file) =>
      [...file.content.sources].map((value) => ({ file, path: ['sources', value[0]], value })),
    );
  }

  /** The entries by id; a second entry with an id is a problem. */
  unique<T, Id extends string>(
    kind: string,
    items: readonly Placed<T>[],
    idOf: (value: T) => Id,
  ): ReadonlyMap<Id, Placed<T>> {
    const found = new Map<Id, Placed<T>>();
    for (const item of items) {
      const id = idOf(item.value);
      const earlier = found.get(id);
      if (earlier === undefined) found.set(id, item);
      else this.report(item, `the ${kind} "${id}" stands already at ${this.where(earlier)}`);
    }
    return found;
  }

  where({ file, path }: Place): string {
    return `${file.note}:${file.lineOf(path)}`;
  }

  report({ file, path }: Place, message: string, below: Path = []): void {
    const line = file.lineOf([...path, ...below]);
    this.problems.push({ severity: 'error', note: file.note, line, message });
  }
}
