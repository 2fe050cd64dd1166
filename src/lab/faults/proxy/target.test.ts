import { describe, expect, it } from 'vitest';
import { databaseTarget, targetOf } from './target.js';

describe('the target of a proxy', () => {
  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:9'],
    [
      'postgresql://u:p%40ss@db.example:6000/plan_x?a=1',
      'postgresql://u:p%40ss@127.0.0.1:9/plan_x?a=1',
    ],
    ['postgres://u@[::1]/plan_x', 'postgres://u@127.0.0.1:9/plan_x'],
    ['amqp://u:p@rabbit/plan%2Fv', 'amqp://u:p@127.0.0.1:9/plan%2Fv'],
    ['redis://:p@redis/3', 'redis://:p@127.0.0.1:9/3'],
    ['postgres://u@localhost/plan_x?host=/var/run/postgresql', 'postgres://u@127.0.0.1:9/plan_x'],
  ])('%s is handed on as %s', (original, handedOn) => {
    expect(targetOf('it', original).urlAt(9)).toBe(handedOn);
  });

  it.each([
    ['http://127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
    ['http://example', { host: 'example', port: 80 }],
    ['postgres://u@[::1]/plan_x', { host: '::1', port: 5432 }],
    ['amqp://u:p@rabbit/v', { host: 'rabbit', port: 5672 }],
    ['redis://:p@redis/3', { host: 'redis', port: 6379 }],
    [
      'postgres://u@localhost:6000/plan_x?host=/var/run/postgresql',
      { path: '/var/run/postgresql/.s.PGSQL.6000' },
    ],
  ])('%s is reached at %j', (original, address) => {
    expect(targetOf('it', original).address).toEqual(address);
  });

  it.each([
    'https://example',
    'amqps://rabbit',
    'rediss://redis/3',
    'postgres://u@db/x?sslmode=require',
    'postgres://u@db/x?sslmode=verify-full',
    'postgres://u@db/x?ssl=true',
  ])('%s is refused: a proxy sees nothing of TLS', (original) => {
    expect(() => databaseTarget(original, true)).toThrow(
      expect.objectContaining({ code: 'proxy-needs-plain-tcp', exit: 4 }) as Error,
    );
  });

  it('keeps drivers from TLS where the server offers it, or the URL leaves it open', () => {
    const handedOn = (url: string, offersTls: boolean): string =>
      databaseTarget(url, offersTls).urlAt(9);
    expect(handedOn('postgres://u@db/x', false)).toBe('postgres://u@127.0.0.1:9/x');
    expect(handedOn('postgres://u@db/x', true)).toContain('sslmode=disable');
    expect(handedOn('postgres://u@db/x?sslmode=prefer', false)).toContain('sslmode=disable');
  });
});
