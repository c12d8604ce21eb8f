import { HistoryError, parseHistory, scheduleHistory } from '../learning/replay.js';
import { linesOf, print } from './lines.js';

/** Answers `eks schedule`: a line for each line; one that cannot be read is answered by its error, status 1. */
export async function schedule(): Promise<void> {
  if (process.stdin.isTTY) process.stderr.write('One history a line, as JSON; Ctrl-D ends.\n');
  let number = 0;
  for await (const line of linesOf(process.stdin)) {
    number += 1;
    if (line.trim() === '') continue;
    await print(replayed(line, number));
  }
}

function replayed(line: string, number: number): string {
  try {
    return JSON.stringify(scheduleHistory(parseHistory(line)));
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    const message = `line ${number}: ${error.message}`;
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
    return JSON.stringify({ error: message });
  }
}
