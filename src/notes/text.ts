import type { Concept, Fact } from './model.js';

interface Line {
  readonly line: number;
  readonly depth: number;
  readonly markdown: string;
  readonly code?: string | undefined;
}

/** What a learner is shown of a concept: its definition first, then its facts and members in the order of the notes. */
export function textOf(concept: Concept, children: readonly Concept[]): string {
  const lines = [...concept.facts.map(lineOfFact), ...membersOf(concept, children)];
  const inOrder = lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => noteOrder(concept, a.line, b.line) || a.i - b.i)
    .map(({ line }) => line);
  return definitionFirst(concept, inOrder).map(drawn).join('\n');
}

function drawn({ depth, markdown, code }: Line): string {
  const indent = '    '.repeat(depth);
  const inside = markdown === '' ? indent : `${indent}  `;
  const below = code?.split('\n').map((line) => (line === '' ? '' : `${inside}${line}`)) ?? [];
  return (markdown === '' ? below : [`${indent}- ${markdown}`, ...below]).join('\n');
}

interface Placed extends Line {
  readonly note: string | undefined;
}

function lineOfFact(fact: Fact): Placed {
  const markdown =
    fact.lead === undefined
      ? fact.markdown
      : `${fact.lead}${fact.kind === 'card' ? ' — ' : ': '}${fact.markdown}`;
  return { line: fact.line, depth: fact.depth, markdown, code: fact.code, note: fact.note };
}

/** Members that are concepts of their own, by name, below the words that announce them. */
function membersOf(concept: Concept, children: readonly Concept[]): Placed[] {
  const announced = new Map<string, Fact[]>();
  for (const fact of concept.facts) {
    const same = announced.get(announcement(fact));
    if (same) same.push(fact);
    else announced.set(announcement(fact), [fact]);
  }
  return children
    .filter((child) => child.parent === concept.id)
    .map((child) => {
      const { line, note: own } = child.source;
      const note = own === concept.source.note ? undefined : own;
      const above = child.path
        .flatMap((step) => announced.get(step) ?? [])
        .filter((fact) => fact.note === note && fact.line < line);
      const depth = above.length === 0 ? 0 : Math.max(...above.map((fact) => fact.depth)) + 1;
      return { line, depth, markdown: nameOf(child), note };
    });
}

function announcement(fact: Fact): string {
  return fact.text.replace(/[\s:：]+$/, '');
}

/** A concept's name as its own line writes it: in code where the author set it so. */
function nameOf(concept: Concept): string {
  const lead = concept.facts.find((fact) => fact.lead !== undefined && fact.kind === 'definition')?.lead;
  return lead === `\`${concept.term}\`` || lead === `**${concept.term}**` ? lead : concept.term;
}

function noteOrder(concept: Concept, a: Placed, b: Placed): number {
  const home = concept.source.note;
  const noteA = a.note ?? home;
  const noteB = b.note ?? home;
  if (noteA !== noteB) return noteA === home ? -1 : noteB === home ? 1 : noteA < noteB ? -1 : 1;
  return a.line - b.line;
}

function definitionFirst(concept: Concept, lines: readonly Line[]): readonly Line[] {
  const definition = concept.facts.find((fact) => fact.kind === 'definition');
  const at = lines.findIndex((line) => line.line === definition?.line && line.depth === definition.depth);
  if (at <= 0) return lines;
  let end = at + 1;
  while (end < lines.length && (lines[end]?.depth ?? 0) > (definition?.depth ?? 0)) end++;
  return [...lines.slice(at, end), ...lines.slice(0, at), ...lines.slice(end)];
}
