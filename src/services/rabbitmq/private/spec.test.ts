import { expect, it } from 'vitest';
import { nodeSpec } from './spec.js';

const runtime = { erl: '/usr/bin/erl', environment: {}, plugins: '/plugins', version: '4.0.5' };

/** One that RabbitMQ starts listens on all addresses, and outlives the node. */
it('a node of ours starts no epmd, and listens on 127.0.0.1 alone', () => {
  const { parameters, environment, url } = nodeSpec({
    ...{ runtime, folder: '/instance', user: undefined, password: 'p', token: 't' },
    ports: { amqp: 1, distribution: 2, control: 3 },
  });
  expect(environment['ERL_ZFLAGS']).toBe('-start_epmd false');
  expect(parameters.join(' ')).toContain('-start_epmd false');
  expect(parameters.join(' ')).toContain('inet_dist_use_interface {127,0,0,1}');
  expect(environment['PLAN_CONTROL_ADDRESS']).toBe('127.0.0.1');
  // `ps` shows it to everybody: what is said there is short, and holds no word of ours.
  expect(Math.max(...parameters.map((word) => word.length))).toBeLessThan(80);
  expect(new URL(url).hostname).toBe('127.0.0.1');
});
