import type { Facts } from './facts.js';
import type { ReadFile } from './files.js';
import type { Capability, Cell, Combination, FactProblem, NodeTypeId, Statement } from './model.js';
import { type Place, type Placed, Places } from './places.js';
import { References } from './references.js';
import type { FactFile } from './schema.js';

type RawType = FactFile['nodeTypes'][number];
type RawCapability = FactFile['capabilities'][number];
type RawStatement = FactFile['costs'][number] & Pick<Statement, 'subject'>;

/** Joins the files into one table. Problems name file and line; the facts are whole only where no problem is an error. */
export function assembleFacts(files: readonly ReadFile[]): {
  facts: Facts;
  problems: readonly FactProblem[];
} {
  const table = new Table(files);
  const facts = table.facts();
  return { facts, problems: table.problems };
}

class Table {
  private readonly places: Places;
  private readonly types;
  private readonly capabilities;
  private readonly sources;
  private readonly statements;
  private readonly known: References;

  constructor(private readonly files: readonly ReadFile[]) {
    this.places = new Places(files);
    this.types = this.places.unique(
      'node type',
      this.places.all('nodeTypes', (file) => file.nodeTypes),
      (type) => type.id,
    );
    this.capabilities = this.places.unique(
      'capability',
      this.places.all('capabilities', (file) => file.capabilities),
      (capability) => capability.id,
    );
    this.sources = this.places.unique('source', this.places.sources(), ([id]) => id);
    const subjects: readonly Placed<RawStatement>[] = [
      ...this.places.all<RawStatement>('costs', (file) =>
        file.costs.map((item) => ({ ...item, subject: 'cost' })),
      ),
      ...this.places.all<RawStatement>('otherFacts', (file) =>
        file.otherFacts.map((item) => ({ ...item, subject: 'other' })),
      ),
      ...this.places.all<RawStatement>('controlPlane', (file) =>
        file.controlPlane.map((item) => ({ ...item, subject: 'control plane' })),
      ),
    ];
    this.known = new References(this.places, this.types, this.capabilities, this.sources);
    this.statements = this.places.unique('fact', subjects, (statement) => statement.id);
  }

  get problems(): readonly FactProblem[] {
    return this.places.problems;
  }

  facts(): Facts {
    for (const file of this.files.slice(0, 1)) {
      if (this.types.size === 0)
        this.places.report({ file, path: [] }, 'no node types: add them under "nodeTypes"');
      if (this.capabilities.size === 0) {
        this.places.report({ file, path: [] }, 'no capabilities: add them under "capabilities"');
      }
    }
    for (const type of this.types.values()) this.checkType(type);
    const lookalikes = this.places
      .all('notNodeTypes', (file) => file.notNodeTypes)
      .map((item) => {
        this.known.source(item.value.source, item, ['source']);
        return item.value;
      });
    return {
      nodeTypes: [...this.types.values()].map(({ value }) => value),
      capabilities: new Map([...this.capabilities].map(([id, item]) => [id, this.capability(item)])),
      combinations: this.combinations(),
      duties: this.duties(),
      statements: new Map([...this.statements].map(([id, item]) => [id, this.statement(item)])),
      lookalikes,
      sources: new Map(
        [...this.sources].map(([id, { value }]) => {
          const { title, url, read, changed, note } = value[1];
          return [id, { id, title, url, read, changed, note }];
        }),
      ),
      preferences: this.preferences(),
      defaultPreference: this.defaultPreference(),
      wideWords: this.places
        .all('questions', (file) => file.questions)
        .map((item) => {
          item.value.about.forEach((id, index) => {
            this.known.capability(id, item, ['about', index]);
          });
          return item.value;
        }),
      generic: this.files.flatMap((file) => file.content.generic),
      scenarios: this.scenarios(),
    };
  }

  private checkType(type: Placed<RawType>): void {
    const nameOf = ({ value }: Placed<RawType>) => value.name.toLowerCase().replace(/\s+/g, ' ');
    const same = [...this.types.values()].find((other) => nameOf(other) === nameOf(type));
    if (same !== undefined && same !== type) {
      this.places.report(
        type,
        `the node type "${same.value.id}" has this name already, at ${this.places.where(same)}`,
      );
    }
    this.known.source(type.value.source, type, ['source']);
    const { like } = type.value;
    if (like !== undefined) {
      this.known.type(like, type, ['like']);
      if (this.types.get(like)?.value.like !== undefined || like === type.value.id) {
        this.places.report(
          type,
          `"like" must name a node type that is not itself like another, not "${like}"`,
          ['like'],
        );
      }
    }
    for (const [id, cell] of type.value.support) {
      const path = ['support', id];
      this.known.capability(id, type, path);
      this.known.cell(cell, type, path);
      if (this.capabilities.get(id)?.value.support.has(type.value.id)) {
        this.places.report(
          type,
          `"${id}" of "${type.value.id}" is given twice: here and at the capability`,
          path,
        );
      }
    }
  }

  private capability(item: Placed<RawCapability>): Capability {
    const { value } = item;
    for (const [id, cell] of value.support) {
      this.known.type(id, item, ['support', id]);
      this.known.cell(cell, item, ['support', id]);
    }
    const support = new Map<NodeTypeId, Cell>();
    for (const type of this.types.values()) {
      const cell = this.cellOf(value, type.value);
      if (cell === undefined) {
        this.places.report(
          item,
          `capability "${value.id}" has no cell for the node type "${type.value.id}"`,
          ['support'],
        );
      } else {
        support.set(type.value.id, cell);
      }
    }
    return { ...value, conflict: value.conflict, support };
  }

  private cellOf(capability: RawCapability, type: RawType): Cell | undefined {
    const own = capability.support.get(type.id) ?? type.support.get(capability.id);
    const model = type.like === undefined ? undefined : this.types.get(type.like)?.value;
    const cell = own ?? (model && (capability.support.get(model.id) ?? model.support.get(capability.id)));
    return cell && { ...cell, condition: cell.condition, unverified: cell.unverified };
  }

  /** A rule about a node type holds for those that are like it. */
  private combinations(): Combination[] {
    const seen = new Map<string, { verdict: string; item: Place }>();
    return this.places
      .all('combinations', (file) => file.combinations)
      .map((item) => {
        const { needs, verdict, reason, source } = item.value;
        needs.forEach((id, index) => {
          this.known.capability(id, item, ['needs', index]);
        });
        item.value.types?.forEach((id, index) => {
          this.known.type(id, item, ['types', index]);
        });
        this.known.source(source, item, ['source']);
        if (new Set(needs).size < needs.length)
          this.places.report(item, 'a need stands twice in this combination', ['needs']);
        const types = item.value.types && this.withLikes(item.value.types);
        for (const type of types ?? this.types.keys())
          this.checkOnce(seen, `${[...needs].sort()} ${type}`, item);
        return { needs, verdict, types, reason, source };
      });
  }

  private checkOnce(
    seen: Map<string, { verdict: string; item: Place }>,
    key: string,
    item: Placed<FactFile['combinations'][number]>,
  ): void {
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, { verdict: item.value.verdict, item });
    } else if (earlier.item.file !== item.file || earlier.item.path !== item.path) {
      const where = this.places.where(earlier.item);
      const pair = item.value.needs.join(' + ');
      const message =
        earlier.verdict === item.value.verdict
          ? `${pair} stands already at ${where}`
          : `${pair} is "${item.value.verdict}" here and "${earlier.verdict}" at ${where}: keep one`;
      if (!this.places.problems.some((problem) => problem.message === message))
        this.places.report(item, message);
    }
  }

  private withLikes(types: readonly NodeTypeId[]): NodeTypeId[] {
    const likes = [...this.types.values()].filter(({ value }) => value.like && types.includes(value.like));
    return [...new Set([...types, ...likes.map(({ value }) => value.id)])];
  }

  private scenarios(): Facts['scenarios'] {
    const all = this.places.unique(
      'scenario',
      this.places.all('scenarios', (file) => file.scenarios),
      (scenario) => scenario.id,
    );
    return [...all.values()].map((item) => {
      item.value.needs.forEach((id, index) => {
        this.known.capability(id, item, ['needs', index]);
      });
      return { ...item.value, note: item.file.note, line: item.file.lineOf(item.path) };
    });
  }

  private duties(): Facts['duties'] {
    return [
      ...this.places
        .unique(
          'operation',
          this.places.all('operations', (file) => file.operations),
          (duty) => duty.id,
        )
        .values(),
    ].map((item) => {
      this.known.sources(item.value.sources, item);
      for (const [id] of item.value.answers) this.known.type(id, item, ['answers', id]);
      const answers = new Map<NodeTypeId, string>();
      for (const { value: type } of this.types.values()) {
        const answer = item.value.answers.get(type.id) ?? (type.like && item.value.answers.get(type.like));
        if (answer === undefined) {
          this.places.report(item, `"${item.value.id}" has no answer for the node type "${type.id}"`, [
            'answers',
          ]);
        } else {
          answers.set(type.id, answer);
        }
      }
      return { id: item.value.id, question: item.value.question, answers, sources: item.value.sources };
    });
  }

  private statement(item: Placed<RawStatement>): Statement {
    const { value } = item;
    if (value.type !== undefined) this.known.type(value.type, item, ['type']);
    this.known.sources(value.sources, item);
    return { ...value, type: value.type, unverified: value.unverified };
  }

  private preferences(): Facts['preferences'] {
    const all = this.places.unique(
      'preference',
      this.places.all('preferences', (file) => file.preferences),
      (preference) => preference.id,
    );
    return [...all.values()].map((item) => {
      item.value.order.forEach((id, index) => {
        this.known.type(id, item, ['order', index]);
      });
      item.value.facts.forEach((id, index) => {
        if (!this.statements.has(id)) this.places.report(item, `unknown fact "${id}"`, ['facts', index]);
      });
      return item.value;
    });
  }

  private defaultPreference(): Facts['defaultPreference'] {
    const known = this.files.flatMap((file) => file.content.preferences.map((preference) => preference.id));
    for (const file of this.files) {
      const id = file.content.defaultPreference;
      if (id === undefined) continue;
      if (known.includes(id)) return id;
      this.places.report(
        { file, path: ['defaultPreference'] },
        `unknown preference "${id}"; known: ${known.join(', ')}`,
      );
    }
    return undefined;
  }
}
