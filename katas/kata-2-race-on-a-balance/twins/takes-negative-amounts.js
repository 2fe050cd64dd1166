// Whatever JavaScript can add is an amount: -5, 1.5, "5". It refuses only what is no JSON.
import { createServer } from 'node:http';
import { right } from './twin.mjs';

const server = createServer(async (request, response) => {
  const [, , account, kinds = 'reads'] = request.url.split('/');
  let text = '';
  for await (const part of request) text += part;
  const { status, body } =
    request.url === '/health' ? { status: 200, body: {} } : await answer(account, kinds, text);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 1024 });
process.on('SIGTERM', () => process.exit(0));

function answer(account, kinds, text) {
  const kind = kinds.replace(/s$/, '');
  if (kind === 'read') return right({ account, kind, amount: 0 });
  try {
    return right({ account, kind, amount: Number(JSON.parse(text).amount) || 0 });
  } catch {
    return { status: 400, body: { error: 'no JSON' } };
  }
}
