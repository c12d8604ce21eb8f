#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { z } from 'zod';

const content = () => new Option('--content <dir>', 'folder of notes (default: CONTENT_DIR or ./content)');
const database = () =>
  new Option('--database <url>', 'database (default: DATABASE_URL or file:./data/eks.db)');
const json = () => new Option('--json', 'one JSON object for each answer, on one line');

function wholeNumber(text: string): number {
  const parsed = z.string().regex(/^\d+$/).transform(Number).pipe(z.int()).safeParse(text);
  if (!parsed.success) throw new CommanderError(2, 'eks.number', `error: '${text}' is not a whole number`);
  return parsed.data;
}

// Each command loads its own code when it runs, so that a question about the notes never waits for the database.
function program(): Command {
  const eks = new Command('eks')
    .description('Notes as concept cards: ask, check and study from the command line.')
    .exitOverride()
    .showHelpAfterError('(eks --help lists the commands)');
  addNotes(eks);
  addData(eks);
  return eks;
}

function addNotes(eks: Command): void {
  eks
    .command('explain')
    .description(
      'what the notes say about a term or a question; reads queries from standard input if none is given',
    )
    .argument('[query...]')
    .addOption(content())
    .addOption(json())
    .action(async (query, options) => (await import('./cli/ask.js')).explain(query, options));
  eks
    .command('which-node')
    .description(
      'which EKS node types support what is needed; reads needs from standard input if none are given',
    )
    .argument('[needs...]')
    .addOption(content())
    .addOption(json())
    .action(async (needs, options) => (await import('./cli/which-node.js')).whichNode(needs, options));
  eks
    .command('concepts')
    .description('every concept of the notes')
    .addOption(content())
    .addOption(json())
    .action(async (options) => (await import('./cli/notes.js')).listConcepts(options));
  eks
    .command('cards')
    .description('every card made from the notes')
    .addOption(content())
    .addOption(json())
    .action(async (options) => (await import('./cli/notes.js')).listCards(options));
  eks
    .command('questions')
    .description('questions as learners are asked them; the same seed gives the same questions')
    .addOption(
      new Option('--seed <n>', 'chooses among wordings and options').argParser(wholeNumber).default(1),
    )
    .addOption(new Option('--count <n>', 'how many, chosen by the seed').argParser(wholeNumber))
    .option('--concept <id>', 'only about this concept (an id, or a term)')
    .option('--explain-drops', 'instead of the questions, count why tries to ask were given up')
    .addOption(content())
    .addOption(json())
    .action(async (options) => (await import('./cli/notes.js')).listQuestions(options));
  eks
    .command('check')
    .description('problems in the notes; status 1 if there is an error')
    .option(
      '--against <dir-or-rev>',
      'what became of cards and of node-type answers since another folder of notes, or a git revision',
    )
    .addOption(database())
    .addOption(content())
    .addOption(json())
    .action(async (options) => (await import('./cli/check.js')).check(options));
}

function addData(eks: Command): void {
  eks
    .command('schedule')
    .description('the memory states that follow from review histories, read as JSON, one a line')
    .addOption(json())
    .action(async () => (await import('./cli/schedule.js')).schedule());
  eks
    .command('rebuild')
    .description('compute every memory state from the review log again and compare')
    .option('--apply', 'write what differs')
    .addOption(database())
    .addOption(content())
    .addOption(json())
    .action(async (options) => (await import('./cli/data.js')).rebuild(options));
  eks
    .command('doctor')
    .description('check what the bot needs to run')
    .addOption(database())
    .addOption(content())
    .addOption(json())
    .action(async (options) => (await import('./cli/doctor.js')).doctor(options));
  eks
    .command('slack-manifest')
    .description('what a Slack app for this bot is made from, as JSON')
    .option('--url <url>', "the bot's public address, for HTTP instead of Socket Mode")
    .action(async (options) => (await import('./cli/slack-manifest.js')).printSlackManifest(options));
  eks
    .command('chat')
    .description('chat with the bot in this terminal')
    .addOption(database())
    .addOption(content())
    .action(async (options) => (await import('./cli/chat.js')).chat(options));
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has printed its own errors; ours from option parsing it has not.
    if (error.code === 'eks.number') process.stderr.write(`${error.message}\n`);
    return error.exitCode === 0 ? 0 : 2;
  }
  const isMistake =
    !(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError;
  process.stderr.write(
    `${isMistake ? String(error instanceof Error ? error.stack : error) : error.message}\n`,
  );
  return 1;
}

// `eks concepts | head` closes the pipe early: that is the reader's right, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

program()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = statusOf(error);
  });
