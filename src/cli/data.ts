import { openStore } from '../store/open.js';
import { print } from './lines.js';
import { configOf, type DataOptions } from './options.js';

/** Answers `eks rebuild`; the exit status is 1 if anything differs from the log and was not put right. */
export async function rebuild(options: DataOptions & { readonly apply?: boolean }): Promise<void> {
  const store = await openStore(configOf(options).databaseUrl.reveal());
  try {
    const apply = options.apply === true;
    const memory = await store.reviews.rebuild(apply);
    const boards = await store.boards.rebuild(apply, new Date());
    const outcome = apply ? 'put right' : 'differ from the log';
    await print(
      options.json
        ? JSON.stringify({ ...memory, boards })
        : `${memory.reviews} reviews, ${memory.states} memory states, ${memory.mismatches} of them ${outcome}.\n` +
            `${boards.scores} places on leaderboards; ${boards.mismatches} days, places or counts ${outcome}.`,
    );
    if (memory.mismatches + boards.mismatches > 0 && !apply) {
      process.stderr.write('eks rebuild --apply writes what the log says.\n');
      process.exitCode = 1;
    }
  } finally {
    await store.close();
  }
}
