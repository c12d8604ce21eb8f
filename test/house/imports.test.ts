import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const src = path.join(root, 'src');

/** Which rooms a room may import, besides itself. `top` is what lies directly in src. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  notes: [],
  learning: [],
  advisor: [],
  store: ['notes', 'learning'],
  bot: ['notes', 'learning', 'advisor', 'store'],
  commands: ['bot', 'notes', 'learning', 'advisor', 'store'],
  daily: ['bot', 'commands', 'store', 'learning', 'notes'],
  platforms: ['bot'],
  cli: ['notes', 'learning', 'advisor', 'store', 'bot', 'commands', 'daily', 'platforms', 'top'],
  top: ['notes', 'learning', 'advisor', 'store', 'bot', 'commands', 'daily', 'platforms', 'cli'],
};

/** Packages, or things of the language, that only some files may touch. */
const doors: readonly { what: string; found: RegExp; allowed: RegExp }[] = [
  { what: 'discord.js', found: /^(discord\.js|@discordjs\/)/, allowed: /^platforms\/discord\// },
  { what: 'Slack', found: /^@slack\//, allowed: /^platforms\/slack\// },
  {
    what: 'FSRS',
    found: /^(ts-fsrs|@open-spaced-repetition\/)/,
    allowed: /^learning\/(schedule|optimi[sz]e)\.ts$/,
  },
  { what: 'the database', found: /^(@prisma\/|prisma\b|better-sqlite3|pg$)/, allowed: /^store\// },
  {
    what: 'the canvas and its fonts',
    found: /^(@napi-rs\/canvas|dejavu-fonts-ttf)/,
    allowed: /^bot\/table\/paint\.ts$/,
  },
  { what: 'the command line parser', found: /^commander$/, allowed: /^cli(\.ts|\/)/ },
];

/** Where the environment, the clock and chance may be reached; all other code is given them. */
const senses: readonly { what: string; found: RegExp; allowed: RegExp }[] = [
  { what: 'process.env', found: /process\.env/, allowed: /^config\.ts$/ },
  {
    what: 'the clock or chance',
    found: /new Date\(\)|Date\.now\(|Math\.random\(/,
    allowed: /^(main\.ts|cli\.ts|cli\/|platforms\/)/,
  },
];

interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** What a file imports, types, re-exports and dynamic imports included. */
function importsOf(text: string): string[] {
  const code = withoutComments(text);
  const patterns = [
    /\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g,
    /\brequire\s*\(\s*['"`]([^'"`]+)['"`]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].flatMap((match) => match[1] ?? []));
}

function readSources(): SourceFile[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('store/generated/'))
    .map((name) => {
      const text = readFileSync(path.join(src, name), 'utf8');
      return { name, text, imports: importsOf(text) };
    });
}

const roomOf = (name: string) => (name.includes('/') ? (name.split('/')[0] ?? 'top') : 'top');

/** The file within src that a relative import means, such as 'notes/model.ts'. */
function resolveImport(from: string, to: string): string {
  return path.posix.join(path.posix.dirname(from), to).replace(/\.js$/, '.ts');
}

function breachesOf(file: SourceFile): string[] {
  const room = roomOf(file.name);
  const allowed = arrows[room];
  if (!allowed) return [`${file.name}: the folder ${room} is not in the table of rooms`];
  return file.imports
    .filter((target) => target.startsWith('.'))
    .map((target) => resolveImport(file.name, target))
    .filter((target) => {
      const goal = roomOf(target);
      if (goal === 'platforms' && room === 'platforms') return !isOnePlatform(file.name, target);
      return goal !== room && !allowed.includes(goal);
    })
    .map((target) => `${file.name} imports ${target}`);
}

/** A platform may import its own folder and what lies directly in platforms/, never another platform. */
function isOnePlatform(from: string, to: string): boolean {
  const [, own] = from.split('/');
  const parts = to.split('/');
  return parts.length === 2 || parts[1] === own;
}

const sources = readSources();

describe('the house', () => {
  it('finds sources and their imports', () => {
    expect(sources.length).toBeGreaterThan(5);
    const sample = `import a from 'a';\nimport type { B } from "../b.js";\nimport {\n  c,\n} from './c.js';
      export { d } from 'd';\nimport 'e';\nconst f = await import('f');\n// import g from 'g'\n/* from 'h' */`;
    expect(importsOf(sample).sort()).toEqual(['../b.js', './c.js', 'a', 'd', 'e', 'f']);
  });

  it('tells a breach from an allowed import', () => {
    const file = (name: string, target: string) => ({ name, text: '', imports: [target] });
    expect(breachesOf(file('platforms/web/page.ts', '../../commands/explain.js'))).toHaveLength(1);
    expect(breachesOf(file('bot/bot.ts', '../platforms/web/chat.js'))).toHaveLength(1);
    expect(breachesOf(file('notes/cards.ts', '../config.js'))).toHaveLength(1);
    expect(breachesOf(file('platforms/web/page.ts', '../slack/app.js'))).toHaveLength(1);
    expect(breachesOf(file('commands/explain.ts', '../bot/command.js'))).toEqual([]);
  });

  it('imports only along the arrows', () => {
    expect(sources.flatMap(breachesOf)).toEqual([]);
  });

  it('lets only main and the command line import a platform', () => {
    const guests = sources
      .filter((file) => !/^(main\.ts|cli\.ts|cli\/|platforms\/)/.test(file.name))
      .filter((file) =>
        file.imports.some((target) => resolveImport(file.name, target).startsWith('platforms/')),
      )
      .map((file) => file.name);
    expect(guests).toEqual([]);
  });

  it.each(doors)('reaches $what through its one door', ({ found, allowed }) => {
    const breaches = sources
      .filter((file) => !allowed.test(file.name) && file.imports.some((target) => found.test(target)))
      .map((file) => file.name);
    expect(breaches).toEqual([]);
  });

  it.each(senses)('hands $what on from the top', ({ found, allowed }) => {
    const breaches = sources
      .filter((file) => !allowed.test(file.name) && found.test(withoutComments(file.text)))
      .map((file) => file.name);
    expect(breaches).toEqual([]);
  });

  it('ends relative imports with .js, so that Node finds the built files', () => {
    const wrong = sources.flatMap((file) =>
      file.imports
        .filter((target) => target.startsWith('.') && !/\.(js|json)$/.test(target))
        .map((target) => `${file.name}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps every file short enough to read', () => {
    const long = sources
      .map((file) => ({ name: file.name, lines: file.text.split('\n').length }))
      .filter(({ lines }) => lines > 301);
    expect(long).toEqual([]);
  });

  it('has no barrels and no drawer for odds and ends', () => {
    const names = sources.map((file) => file.name);
    expect(
      names.filter((name) => /(^|\/)(index\.ts$|utils?(\/|\.ts$)|helpers?(\/|\.ts$))/.test(name)),
    ).toEqual([]);
    const barrels = sources.filter((file) => /^export (\*|\{[^}]*\}) from /m.test(file.text));
    expect(barrels.map((file) => file.name)).toEqual([]);
  });

  it('does not silence the checkers', () => {
    const silenced = /@ts-(ignore|nocheck|expect-error)|\bas any\b|: any\b|\bas unknown as\b/;
    expect(sources.filter((file) => silenced.test(file.text)).map((file) => file.name)).toEqual([]);
  });
});
