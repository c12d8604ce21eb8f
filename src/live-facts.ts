import type { Logger } from 'pino';
import type { Facts } from './advisor/facts.js';
import { stampFacts } from './advisor/files.js';
import { loadFactsOrShipped, scenarioNotes } from './content.js';
import { ProblemLog } from './live.js';
import type { ReadNote } from './notes/library.js';

/** The node-type facts of the moment: read anew when a file of theirs has changed, as notes are. */
export class LiveFacts {
  readonly #folder: string;
  readonly #log: Logger;
  readonly #now: () => Date;
  readonly #problems: ProblemLog;
  #loaded: string | undefined;
  #facts: Facts | undefined;
  /** Those of the folder itself, not the shipped ones: only they are asked about. */
  #own: Facts | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(folder: string, log: Logger, now: () => Date) {
    this.#folder = folder;
    this.#log = log;
    this.#now = now;
    this.#problems = new ProblemLog(log);
  }

  /** Another one after every edit. */
  readonly stamp = (): Promise<string> => stampFacts(this.#folder);

  /** The facts of the last reading; undefined where they cannot be used. */
  readonly current = async (): Promise<Facts | undefined> => {
    if (this.#loaded === undefined) await this.#read();
    return this.#facts;
  };

  /** The questions that the folder's own facts as they are now give; without any, nothing is read for them at a start. */
  readonly notes = async (): Promise<readonly ReadNote[]> => {
    if (this.#loaded === undefined && (await this.stamp()) === '') return [];
    await this.#read();
    return this.#own === undefined ? [] : scenarioNotes(this.#own);
  };

  /** One reading after the other, and none where nothing has changed. */
  #read(): Promise<void> {
    this.#reading = this.#reading
      .catch(() => {})
      .then(async () => {
        const stamp = await this.stamp();
        if (stamp === this.#loaded) return;
        const { facts, problems } = await loadFactsOrShipped(this.#folder, this.#now());
        this.#problems.tell(problems);
        this.#loaded = stamp;
        if (facts === undefined && this.#facts !== undefined) {
          this.#log.warn('the node-type facts stay as they were until their errors are put right');
          return;
        }
        this.#facts = facts;
        this.#own = stamp === '' ? undefined : facts;
      });
    return this.#reading;
  }
}
