import { connect } from 'node:net';
import { byProtocol } from '../kata/services.js';

/** What a kind of server is asked first, and how every one of that kind begins its answer. */
export interface Greeting {
  readonly ask: string | Buffer;
  /** The answer's first bytes, as latin1. */
  readonly answer: RegExp;
}

/** A server of others has so long to let itself be looked at, in all. Milliseconds. */
export const urlWithinMs = 20_000;
const enough = 7;
const withinMs = 5_000;

/**
 * Looks at the first bytes of a server of others before a driver does: drivers believe what they
 * read, and one that speaks something else, or never ends, would have them wait or take in all of it.
 * Nothing secret is sent. Through TLS nothing can be said.
 * @returns false where it is no server of this kind · @throws the socket's error, or that of silence
 */
export function speaksLikeOne(url: string, { ask, answer }: Greeting): Promise<boolean> {
  const { protocol, hostname, port } = new URL(url);
  const found = byProtocol(protocol);
  if (found === undefined || found.tls) return Promise.resolve(true);
  const isAnswer = (bytes: Buffer): boolean => answer.test(bytes.toString('latin1'));
  return new Promise((resolve, reject) => {
    const host = hostname.replaceAll(/^\[|\]$/g, '') || 'localhost';
    const socket = connect({ host, port: Number(port || found.port) });
    const silence = setTimeout(() => {
      if (said.length === 0) socket.destroy(new Error(`no answer within ${withinMs / 1000} s`));
      else settle();
    }, withinMs);
    let said = Buffer.alloc(0);
    const settle = (): void => {
      socket.destroy();
      resolve(isAnswer(said));
    };
    socket.on('data', (bytes: Buffer) => {
      said = Buffer.concat([said, bytes.subarray(0, enough)]).subarray(0, enough);
      if (said.length === enough || isAnswer(said)) settle();
    });
    socket.once('end', settle);
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(silence));
    socket.write(ask);
  });
}
