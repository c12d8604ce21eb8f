import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Hono, type MiddlewareHandler } from 'hono';

const FILES = {
  'index.html': 'text/html; charset=utf-8',
  'chat.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'theme.js': 'text/javascript; charset=utf-8',
  'chat.js': 'text/javascript; charset=utf-8',
  'api.js': 'text/javascript; charset=utf-8',
  'composer.js': 'text/javascript; charset=utf-8',
  'connection.js': 'text/javascript; charset=utf-8',
  'controls.js': 'text/javascript; charset=utf-8',
  'draw.js': 'text/javascript; charset=utf-8',
  'events.js': 'text/javascript; charset=utf-8',
  'form.js': 'text/javascript; charset=utf-8',
  'groups.js': 'text/javascript; charset=utf-8',
  'memory.js': 'text/javascript; charset=utf-8',
  'message.js': 'text/javascript; charset=utf-8',
  'settings.js': 'text/javascript; charset=utf-8',
} as const;

/** Serves the files beside this one in `page/`, and no other; `command` is the slash command's name without the slash. */
export function chatPage(command: string, ...guards: readonly MiddlewareHandler[]): Hono {
  const page = new Hono();
  for (const [name, type] of Object.entries(FILES)) {
    const path = name === 'index.html' ? '/' : `/${name}`;
    const load = once(() => loadFile(name, command));
    page.use(path, ...guards);
    page.get(path, async (context) => {
      const { body, tag } = await load();
      const headers = { 'Content-Type': type, ETag: tag, 'Cache-Control': 'no-cache' };
      if (context.req.header('if-none-match') === tag) return context.body(null, 304, headers);
      return context.body(body, 200, headers);
    });
  }
  return page;
}

async function loadFile(
  name: string,
  command: string,
): Promise<{ readonly body: string; readonly tag: string }> {
  const text = await readFile(new URL(`./page/${name}`, import.meta.url), 'utf8');
  const body = name === 'index.html' ? text.replaceAll('%command%', escapeAttribute(command)) : text;
  return { body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
