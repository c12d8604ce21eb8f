import type { CapabilityId, Cell, NodeTypeId, SourceId } from './model.js';
import type { Path, Place, Places } from './places.js';

interface Ids<Id> {
  has(id: Id): boolean;
  keys(): Iterable<Id>;
}

/** Reports every id that the files name and do not define. */
export class References {
  constructor(
    private readonly places: Places,
    private readonly types: Ids<NodeTypeId>,
    private readonly capabilities: Ids<CapabilityId>,
    private readonly pages: Ids<SourceId>,
  ) {}

  type(id: NodeTypeId, place: Place, path: Path): void {
    if (this.types.has(id)) return;
    this.places.report(place, `unknown node type "${id}"; known: ${[...this.types.keys()].join(', ')}`, path);
  }

  capability(id: CapabilityId, place: Place, path: Path): void {
    if (this.capabilities.has(id)) return;
    this.places.report(
      place,
      `unknown capability "${id}"; add it under "capabilities" or correct the name`,
      path,
    );
  }

  source(id: SourceId, place: Place, path: Path): void {
    if (this.pages.has(id)) return;
    this.places.report(
      place,
      `unknown source "${id}"; add it under "sources" with title, url and read`,
      path,
    );
  }

  sources(ids: readonly SourceId[], place: Place): void {
    ids.forEach((id, index) => {
      this.source(id, place, ['sources', index]);
    });
  }

  cell(cell: Pick<Cell, 'source' | 'alsoSee'>, place: Place, path: Path): void {
    this.source(cell.source, place, [...path, 'source']);
    cell.alsoSee.forEach((id, index) => {
      this.source(id, place, [...path, 'alsoSee', index]);
    });
  }
}
