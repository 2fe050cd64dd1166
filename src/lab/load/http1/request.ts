import type { ClientRequest } from '../../../kata/client.js';

export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const fieldText = /^[\t\x20-\x7e\x80-\xff]*$/;
const pathText = /^[\x21-\x7e]+$/;
/** This module writes these itself: a second one would let two readers see two requests. */
const ours = new Set(['host', 'content-length', 'transfer-encoding', 'connection']);

/** That the connection ends with its answer is for a request to ask. */
const isOurs = (name: string, value: string): boolean =>
  ours.has(name) && !(name === 'connection' && value === 'close');

/**
 * The bytes of one request. A constant one is made once and sent again and again.
 * @param host as in the URL: `127.0.0.1:8080`
 * @throws TypeError for what would not arrive as the one request that it was meant to be
 */
export function requestBytes(host: string, request: RequestHead, body?: string): Buffer {
  const { method, path, headers = {} } = request;
  if (!token.test(method) || !pathText.test(path))
    throw new TypeError(`not a method and a path: ${method} ${path}`);
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${host}`];
  for (const [name, value] of Object.entries(headers)) {
    if (!token.test(name) || !fieldText.test(value) || isOurs(name.toLowerCase(), value))
      throw new TypeError(`not a header that can be sent: ${name}`);
    lines.push(`${name}: ${value}`);
  }
  const bytes = body === undefined ? none : Buffer.from(body);
  // A method that may carry a body says so also when it carries none.
  if (body !== undefined || (method !== 'GET' && method !== 'HEAD'))
    lines.push(`content-length: ${bytes.length}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** As a virtual user of a kata sends it: JSON, unless the kata says otherwise. */
export function clientRequestBytes(host: string, request: ClientRequest): Buffer {
  const { method, path, headers } = request;
  const head = { method, path, headers: { 'content-type': 'application/json', ...headers } };
  return requestBytes(host, head, bodyText(request));
}

export function bodyText({ body, rawBody }: ClientRequest): string | undefined {
  return rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
}

const none = Buffer.alloc(0);
