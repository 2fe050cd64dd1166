import type { RefusedCall } from '../judge/calls.js';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Upstream, UpstreamAnswer, UpstreamCall } from '../../kata/lab.js';
import type { Recorder } from '../../history/recorder.js';

type Answering = (call: UpstreamCall) => UpstreamAnswer | Promise<UpstreamAnswer>;

/** A dependency of the program that the experiment plays itself; every call is in the history. */
export async function startUpstream(answer: Answering, recorder: Recorder): Promise<Upstream> {
  const calls: UpstreamCall[] = [];
  const server = createServer((request, response) => {
    void take(request, calls)
      .then((call) => {
        if (call === undefined) return tooLarge(request, recorder);
        recorder.note('upstream-call', call);
        return answer(call);
      })
      .then(
        (given) => send(response, given),
        (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
      );
  });
  // It never closes an idle connection: a call that meets the closing fails for no fault of its
  // program, and a program that never gives its connections back would be helped out.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Of a call's body, in UTF-16 units. */
const mostText = 1_048_576;

/** Undefined where the body is larger than the lab takes. */
async function take(
  request: IncomingMessage,
  calls: UpstreamCall[],
): Promise<UpstreamCall | undefined> {
  request.setEncoding('utf8');
  let text = '';
  // What is too much is read all the same, or the program would never hear of it; but not kept.
  let length = 0;
  for await (const part of request) {
    length += (part as string).length;
    if (length <= mostText) text += part as string;
  }
  if (length > mostText) return undefined;
  const { method = 'GET', url: path = '/', headers } = request;
  const call = { n: calls.length, method, path, headers, text };
  calls.push(call);
  return call;
}

function tooLarge(
  { method = 'GET', url: path = '/' }: IncomingMessage,
  recorder: Recorder,
): UpstreamAnswer {
  const problem = `body-too-large: more than ${mostText} characters`;
  recorder.note('upstream-refused', { method, path, problem } satisfies RefusedCall);
  return { status: 413, body: { error: problem } };
}

function send(response: ServerResponse, { status, body }: UpstreamAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
}
