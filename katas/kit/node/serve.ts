import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Server } from 'node:http';
import { log } from './log.js';
import { router, type Found, type Reply, type Routes } from './routes.js';

export type { Reply };

export interface Service {
  readonly port: number;
  /**
   * Opens what the routes need; /health answers only once it is there: with 200, unless the routes
   * have a `GET /health` of their own.
   */
  readonly open: () => Promise<{ routes: Routes; around?: Around; close: () => Promise<void> }>;
}

/** Sees every request that a route answers or none does, and its reply: for ids, metrics, traces. */
export type Around = (asked: Asked, answer: () => Promise<Reply>) => Promise<Reply>;

export interface Asked {
  readonly method: string;
  /** `/orders/{order}`, as the route is written; undefined where no route is for it. */
  readonly route: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** A body that the contract does not allow. */
export class BadRequest extends Error {}

/** Without a bound one request takes all the memory. */
const longestBody = 1024 * 1024;

class TooLarge extends Error {}

/** The life of an implementation: open, be healthy, serve, drain on SIGTERM, end with 0. */
export function run({ port, open }: Service): void {
  // Before anything is served there is nothing to drain.
  let drain = (): Promise<void> => Promise.resolve();
  process.once('SIGTERM', () => {
    drain().then(() => process.exit(0), fail);
  });
  open()
    .then(async ({ routes, around, close }) => {
      const stop = await listen(port, routes, around);
      drain = async () => {
        await stop();
        await close();
      };
    })
    .catch(fail);
}

function fail(error: unknown): void {
  log(error);
  process.exit(1);
}

/** Resolves with the function that drains once the port is open. */
async function listen(
  port: number,
  routes: Routes,
  around: Around = (_, answer) => answer(),
): Promise<() => Promise<void>> {
  let draining = false;
  let underWay = 0;
  let nobodyLeft = (): void => undefined;
  const find = router(routes);

  const server = createServer((request, response) => {
    underWay++;
    response.once('close', () => {
      underWay--;
      if (underWay === 0) nobodyLeft();
    });
    void answer(find, request, around).then((reply) => {
      send(response, reply, draining);
    });
  });
  await opened(server, port);

  return async () => {
    draining = true;
    server.close();
    if (underWay > 0) await new Promise<void>((resolve) => (nobodyLeft = resolve));
    // Kept-alive connections without a request would hold the process open.
    server.closeAllConnections();
  };
}

function opened(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog: 4096 }, resolve);
  });
}

function answer(
  find: ReturnType<typeof router>,
  request: IncomingMessage,
  around: Around,
): Promise<Reply> {
  const { method = '', url = '', headers } = request;
  const found = find(method, url);
  const route = found?.route.split(' ')[1];
  return around({ method, route, headers }, () => replyOf(found, request));
}

async function replyOf(found: Found | undefined, request: IncomingMessage): Promise<Reply> {
  const { method = '', url = '' } = request;
  if (!found && method === 'GET' && url === '/health')
    return { status: 200, body: { status: 'ok' } };
  if (!found) return { status: 404, body: { error: 'not found' } };
  try {
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const body = hasBody ? await readJson(request) : undefined;
    return await found.handle(body, found.parameters, request.headers);
  } catch (error) {
    if (error instanceof TooLarge) return { status: 413, body: { error: error.message } };
    if (error instanceof BadRequest) return { status: 400, body: { error: error.message } };
    log(method, url, error);
    return { status: 500, body: { error: 'internal error' } };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    // What is too much is read all the same, and forgotten: who hangs up is not heard any more.
    if (length <= longestBody) parts.push(part);
  }
  if (length > longestBody) throw new TooLarge('the body is too large');
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    throw new BadRequest('the body is not JSON');
  }
}

function send(response: ServerResponse, reply: Reply, last: boolean): void {
  const { status, body, contentType = 'application/json', headers } = reply;
  const text = reply.text ?? JSON.stringify(body);
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    ...headers,
    ...(last ? { connection: 'close' } : {}),
  });
  response.end(text);
}
