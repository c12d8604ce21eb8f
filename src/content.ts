import { fileURLToPath } from 'node:url';
import { type Facts, type FactsRead, loadFacts } from './advisor/facts.js';
import type { Scenario } from './advisor/model.js';
import { answeredScenarios } from './advisor/scenarios.js';
import { listFolder } from './notes/files.js';
import { conceptId } from './notes/identity.js';
import { NoteReader, type ReadNote, readLibrary } from './notes/library.js';
import type { Concept, Library } from './notes/model.js';

/** The deck that comes with the program. */
const shippedContent = fileURLToPath(new URL('../content', import.meta.url));

/**
 * Node-type facts of a content folder. A folder without any gets the shipped ones, so that pointing the bot at
 * one's own notes does not cost `which-node`.
 */
export async function loadFactsOrShipped(dir: string, now: Date): Promise<FactsRead> {
  const own = await loadFacts(dir, now);
  return own.facts === undefined && own.problems.length === 0 ? loadFacts(shippedContent, now) : own;
}

/** The deck of the questions that node-type facts give. */
const SCENARIO_DECK = 'node-types';

/**
 * The scenarios of facts as notes: a concept for each, since one does not answer the other, below one that can be looked
 * up. A card's id is that of its scenario, whatever becomes of its words.
 */
export function scenarioNotes(facts: Facts): readonly ReadNote[] {
  const scenarios = answeredScenarios(facts);
  const [first] = scenarios;
  if (first === undefined) return [];
  const { note } = first.scenario;
  const parent = scenarioConcept('Choosing a node type', first.scenario);
  const concepts = scenarios.map(
    ({ scenario, question, answer, wrong, reasons, pages }): Concept => ({
      ...scenarioConcept(scenario.id.replaceAll('-', ' '), scenario),
      path: [parent.term],
      parent: parent.id,
      facts: [
        {
          text: answer,
          markdown: answer,
          line: scenario.line,
          kind: 'card',
          depth: 0,
          lead: question,
          anchor: `which-node/${scenario.id}`,
          choice: { wrong, reasons, pages },
        },
      ],
    }),
  );
  return [{ note, concepts: [parent, ...concepts], problems: [], tags: [], cards: true }];
}

function scenarioConcept(term: string, { note, line }: Pick<Scenario, 'note' | 'line'>): Concept {
  return {
    id: conceptId(`${SCENARIO_DECK}\nscenarios\n${term}`),
    term,
    aliases: [],
    path: [],
    deck: SCENARIO_DECK,
    source: { note, line, endLine: line },
    kind: 'term',
    parent: undefined,
    facts: [],
    lists: [],
  };
}

/**
 * A folder's notes with the questions that its own node-type facts give.
 * @throws NotesFolderError if the folder cannot be read
 */
export async function loadContent(dir: string, now: Date): Promise<Library> {
  const { facts } = await loadFacts(dir, now);
  const scenarios = facts === undefined ? [] : scenarioNotes(facts);
  return readLibrary(await listFolder(dir), new NoteReader(), scenarios);
}
