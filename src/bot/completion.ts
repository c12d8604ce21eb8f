import type { Library } from '../notes/model.js';
import type { Command } from './command.js';
import type { Suggestion } from './platform.js';

/** The most that a platform shows (Discord's autocomplete). */
const MOST = 25;

/**
 * What could follow '/eks exp', '/eks explain et' or, without the slash command's own name, '/explain et'. Only texts
 * that start with a slash are completed.
 */
export function completeTyped(
  text: string,
  commandName: string,
  commands: readonly Command[],
  library: Library,
): readonly Suggestion[] {
  const start = `/${commandName}`;
  const [, first, others = ''] = /^\/(\S*)(.*)$/s.exec(text.trimStart()) ?? [];
  if (first === undefined) return [];
  const body = commandName.startsWith(first.toLowerCase()) ? others.trimStart() : `${first}${others}`;
  const [, word = '', argument] = /^(\S*)(?:\s+(.*))?$/s.exec(body) ?? [];
  const command = commands.find((candidate) => candidate.name === word.toLowerCase());
  if (command === undefined || argument === undefined) {
    return commands
      .filter((candidate) => candidate.name.startsWith(word.toLowerCase()))
      .slice(0, MOST)
      .map(({ name, summary }) => ({
        text: `${start} ${name} `,
        label: `${start} ${name}`,
        description: summary,
      }));
  }
  return completeArgument(`${start} ${command.name}`, command, argument, commands, library);
}

function completeArgument(
  start: string,
  command: Command,
  typed: string,
  commands: readonly Command[],
  library: Library,
): readonly Suggestion[] {
  const kind = command.completes[command.rest ?? ''];
  const suggest = (value: string, description: string): Suggestion => ({
    text: `${start} ${value}`,
    label: value,
    description,
  });
  if (kind === 'concept') {
    return library.complete(typed, MOST).map((term) => suggest(term, ''));
  }
  const wanted = typed.trim().toLowerCase();
  if (kind === 'topic') {
    return library.topics
      .filter((topic) => topic.name.toLowerCase().includes(wanted))
      .slice(0, MOST)
      .map((topic) => suggest(topic.name, `${topic.cards.length} cards`));
  }
  if (kind === 'command') {
    return commands
      .filter(({ name }) => name.startsWith(wanted))
      .map(({ name, summary }) => suggest(name, summary));
  }
  return [];
}
