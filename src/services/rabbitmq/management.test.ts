import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkManagement, managementOf } from './management.js';

const asked: string[] = [];
const lists: Readonly<Record<string, readonly { name: string }[]>> = {
  connections: [{ name: '127.0.0.1:1 -> 127.0.0.1:2' }],
  users: [{ name: 'anna' }, { name: 'plan_x.order' }, { name: 'plan_xy.order' }],
};
let server: Server;
let env: NodeJS.ProcessEnv;
let status: number;

beforeEach(async () => {
  asked.length = 0;
  status = 200;
  server = createServer((request, response) => {
    const [, credentials = ''] = (request.headers.authorization ?? '').split(' ');
    const user = Buffer.from(credentials, 'base64').toString();
    asked.push(`${user} ${request.method ?? ''} ${request.url ?? ''}`);
    const list = request.method === 'GET' && lists[request.url?.split('/').at(-1) ?? ''];
    response.writeHead(status).end(list ? JSON.stringify(list) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  env = { RABBITMQ_MANAGEMENT_URL: `http://127.0.0.1:${port}/` };
});

afterEach(() => server.close());

const url = 'amqp://anna:s%40cret@127.0.0.1:1';

it('makes a vhost with all rights for the user of AMQP_URL, and deletes it with its users', async () => {
  const admin = managementOf(url, env);
  await admin.addVhost('plan_x');
  expect(await admin.addUser('plan_x', { name: 'plan_x.order', password: 'p' })).toBe(true);
  await admin.deleteVhost('plan_x');
  expect(asked).toEqual([
    'anna:s@cret PUT /api/vhosts/plan_x',
    'anna:s@cret PUT /api/permissions/plan_x/anna',
    'anna:s@cret PUT /api/users/plan_x.order',
    'anna:s@cret PUT /api/permissions/plan_x/plan_x.order',
    'anna:s@cret GET /api/users',
    'anna:s@cret DELETE /api/vhosts/plan_x',
    'anna:s@cret DELETE /api/users/plan_x.order',
  ]);
});

it('says where it may make no user', async () => {
  const admin = managementOf(url, env);
  status = 403;
  expect(await admin.addUser('plan_x', { name: 'plan_x.order', password: 'p' })).toBe(false);
});

it('takes a vhost that is gone for deleted', async () => {
  status = 404;
  await managementOf(url, env).deleteVhost('plan_x');
});

it('closes the connections of one vhost', async () => {
  expect(await managementOf(url, env).cutConnections('plan_x')).toBe(1);
  expect(asked.at(-1)).toContain('DELETE /api/connections/127.0.0.1%3A1%20-%3E%20127.0.0.1%3A2');
});

it('says what mends an API that refuses, or is not there, without a password', async () => {
  status = 401;
  await expect(checkManagement(url, env)).rejects.toMatchObject({
    code: 'management-refused',
    exit: 4,
  });
  server.close();
  server.closeAllConnections();
  const nowhere = { RABBITMQ_MANAGEMENT_URL: 'http://127.0.0.1:1' };
  const fault = checkManagement(url, nowhere);
  await expect(fault).rejects.toMatchObject({ code: 'no-management', exit: 4 });
  await expect(fault).rejects.not.toThrow('s@cret');
});

it('believes no answer that is no JSON, or has no end', async () => {
  const [request] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (_, response: ServerResponse) => response.end('<html>'));
  await expect(checkManagement(url, env)).rejects.toMatchObject({ code: 'no-management', exit: 4 });
  server.removeAllListeners('request');
  server.on('request', (_, response: ServerResponse) => {
    const part = Buffer.alloc(2 ** 20, ' ');
    const go = (): void => {
      while (!response.destroyed && response.write(part));
      response.once('drain', go);
    };
    response.on('error', () => undefined);
    go();
  });
  await expect(checkManagement(url, env)).rejects.toMatchObject({
    code: 'no-management',
    message: expect.stringContaining('more than 67108864 bytes') as string,
  });
  server.removeAllListeners('request').on('request', request as () => void);
  server.closeAllConnections();
});
