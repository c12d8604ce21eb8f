import type { Context, MiddlewareHandler } from 'hono';
import { isLoopback } from '../http.js';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Lets the page load and run nothing but its own files, whatever a note or a name holds. */
export const pagePolicy: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Content-Security-Policy', POLICY);
  context.header('Cross-Origin-Opener-Policy', 'same-origin');
  context.header('Cross-Origin-Resource-Policy', 'same-origin');
};

/**
 * Refuses requests under a foreign name while the server is bound to loopback: a hostile page could otherwise
 * point its own host name at 127.0.0.1 and talk to the bot (DNS rebinding). With another HOST the operator decides.
 */
export function ownHostOnly(loopback: boolean): MiddlewareHandler {
  return async (context, next) => {
    const host = hostOf(`http://${context.req.header('host') ?? ''}`)?.hostname;
    if (loopback && (host === undefined || !isLoopback(host))) {
      return refuse(
        context,
        'The chat answers only at its own address on this computer, such as http://localhost.',
      );
    }
    return next();
  };
}

/** Refuses requests that a browser says come from any page but the chat's own. */
export const ownOriginOnly: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const site = context.req.header('sec-fetch-site');
  const foreignOrigin =
    origin !== undefined && hostOf(origin)?.host !== context.req.header('host')?.toLowerCase();
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreignOrigin || foreignSite) return refuse(context, 'Only the chat page itself may talk to the chat.');
  return next();
};

function hostOf(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

function refuse(context: Context, error: string): Response {
  return context.json({ error }, 403);
}
