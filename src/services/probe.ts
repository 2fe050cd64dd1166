import { connect } from 'node:net';
import { byProtocol } from '../kata/services.js';

/** What each protocol's server is asked first, and how every such server begins its answer. */
const greetings: Readonly<Record<string, { ask: Buffer; isAnswer: (bytes: Buffer) => boolean }>> = {
  // SSLRequest: S or N, and E of one that does not know it.
  postgres: {
    ask: Buffer.from('0000000804d2162f', 'hex'),
    isAnswer: (bytes) => begins(bytes, /^[SNE]/),
  },
  // Connection.Start: a method frame on channel 0, of no great size; or the version that it wants.
  amqp: {
    ask: Buffer.from('AMQP\0\0\t\u0001', 'latin1'),
    isAnswer: (bytes) => begins(bytes, /^(?:\u0001\0\0\0[\0-\u0002]|AMQP)/),
  },
  redis: { ask: Buffer.from('PING\r\n'), isAnswer: (bytes) => begins(bytes, /^[+-][A-Z]+/) },
};
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
export function speaksLikeOne(url: string): Promise<boolean> {
  const { protocol, hostname, port } = new URL(url);
  const found = byProtocol(protocol);
  const greeting = greetings[protocol.replace(/^postgresql:$/, 'postgres:').slice(0, -1)];
  if (found === undefined || greeting === undefined) return Promise.resolve(true);
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
      resolve(greeting.isAnswer(said));
    };
    socket.on('data', (bytes: Buffer) => {
      said = Buffer.concat([said, bytes.subarray(0, enough)]).subarray(0, enough);
      if (said.length === enough || greeting.isAnswer(said)) settle();
    });
    socket.once('end', settle);
    socket.once('error', reject);
    socket.once('close', () => clearTimeout(silence));
    socket.write(greeting.ask);
  });
}

function begins(bytes: Buffer, with_: RegExp): boolean {
  return with_.test(bytes.toString('latin1'));
}
