import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { stylePolicy } from '../../report/html/document.js';

const policy = [
  "default-src 'none'",
  stylePolicy,
  "script-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Who may ask: a browser that was sent here by this very address, on this machine. A page of somebody
 * else's can neither read nor send anything, whatever name it has given to 127.0.0.1.
 */
export function guard(secret: string, portOf: () => number): MiddlewareHandler {
  return async (context, next) => {
    context.header('Content-Security-Policy', policy);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'same-origin');
    context.header('Cross-Origin-Opener-Policy', 'same-origin');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
    context.header('Cache-Control', 'no-store');
    const host = `127.0.0.1:${portOf()}`;
    const { req } = context;
    const origin = req.header('Origin');
    const isHere =
      req.header('Host') === host && (origin === undefined || origin === `http://${host}`);
    const isAllowed = isHere && isSame(req.path.split('/')[1] ?? '', secret);
    const isSent = req.method !== 'GET' && req.method !== 'HEAD';
    // Without an origin nobody can say where a form was.
    if (!isAllowed || (isSent && origin === undefined)) return context.text('403', 403);
    await next();
    return undefined;
  };
}

/** In the same time, however much of it is right. */
function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
