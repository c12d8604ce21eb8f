import type { ReadFile } from './files.js';
import type { FactProblem } from './model.js';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Pages that were read more than 365 days before `now`: a warning for each day of reading, at its first page. */
export function staleSources(files: readonly ReadFile[], now: Date): readonly FactProblem[] {
  return files.flatMap((file) => {
    const byDate = new Map<string, string[]>();
    for (const [id, source] of file.content.sources) {
      if (ageMs(source.read, now) <= YEAR_MS) continue;
      byDate.set(source.read, [...(byDate.get(source.read) ?? []), id]);
    }
    return [...byDate].map(([read, ids]) => {
      const [first = ''] = ids;
      const pages = ids.length === 1 ? 'This page was' : `These ${ids.length} pages were`;
      return {
        severity: 'warning' as const,
        note: file.note,
        line: file.lineOf(['sources', first]),
        message: `${pages} last read on ${read}, more than a year ago: ${ids.join(', ')}. Read again and set "read".`,
      };
    });
  });
}

/** A date without month or day counts from its first day; an undated copy has no age. */
function ageMs(read: string, now: Date): number {
  const [year, month = '01', day = '01'] = read.split('-');
  const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(at) ? 0 : now.getTime() - at;
}
