import { openStore } from '../store/open.js';
import { print } from './lines.js';
import { configOf, type DataOptions } from './options.js';

/** Answers `eks rebuild`; the exit status is 1 if states differ from the log and were not put right. */
export async function rebuild(options: DataOptions & { readonly apply?: boolean }): Promise<void> {
  const store = await openStore(configOf(options).databaseUrl.reveal());
  try {
    const apply = options.apply === true;
    const result = await store.reviews.rebuild(apply);
    await print(
      options.json
        ? JSON.stringify(result)
        : `${result.reviews} reviews, ${result.states} memory states, ${result.mismatches} of them ${apply ? 'put right' : 'differ from the log'}.`,
    );
    if (result.mismatches > 0 && !apply) {
      process.stderr.write('eks rebuild --apply writes what the log says.\n');
      process.exitCode = 1;
    }
  } finally {
    await store.close();
  }
}
