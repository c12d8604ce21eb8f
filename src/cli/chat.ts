import { openApp } from '../app.js';
import { secretsOf } from '../config.js';
import { createLog } from '../log.js';
import { terminalChat } from '../platforms/terminal/chat.js';
import { configOf, type DataOptions } from './options.js';

/** Runs `eks chat` until the person leaves or the input ends. */
export async function chat(options: DataOptions): Promise<void> {
  const config = configOf(options);
  // Progress would get between the lines of a conversation; what fails is still told.
  const quiet = config.logLevel === 'info' ? 'warn' : config.logLevel;
  const log = createLog({ logLevel: quiet }, secretsOf(config));
  const app = await openApp(config, log, () => new Date());
  const { stdin: input, stdout: output } = process;
  const terminal = terminalChat({ input, output, command: config.commandName });
  try {
    await terminal.start(app.bot);
    await terminal.done;
  } finally {
    await terminal.stop();
    await app.close();
  }
}
