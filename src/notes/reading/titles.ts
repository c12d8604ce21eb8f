/** The folder of a note, or its name where it lies at the root. */
export function deckOf(note: string): string {
  const slash = note.lastIndexOf('/');
  return slash < 0 ? fileTitle(note) : note.slice(0, slash);
}

/** A note's name as a title: '01-load_balancers.md' is 'load balancers'. */
export function fileTitle(note: string): string {
  const steps = note.split('/').map((step) => step.replace(/\.(md|markdown)$/i, ''));
  const last = steps.pop() ?? note;
  // 'sqs/README.md' is about its folder.
  const stem = /^(readme|index|notes?)$/i.test(last) ? (steps.pop() ?? last) : last;
  const title = stem
    .replace(/^\d+[-_. ]+(?=\p{L})/u, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return title === '' ? stem : title;
}
