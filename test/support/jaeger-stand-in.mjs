#!/usr/bin/env node
// Stands in for Jaeger's program, which no package brings: takes spans, and says how many exports came.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , , file] = process.argv;
const configuration = readFileSync(file, 'utf8');
const endpoints = [...configuration.matchAll(/endpoint: 127\.0\.0\.1:(\d+)/g)].map(
  ([, port]) => port,
);
if (endpoints.length !== configuration.match(/endpoint:/g).length) process.exit(1);
const [page, , otlp] = endpoints;
let exports = 0;
createServer((request, response) => {
  request.resume();
  if (request.url === '/v1/traces') exports += 1;
  response.setHeader('content-type', 'application/json');
  response.end('{}');
}).listen(Number(otlp), '127.0.0.1');
createServer((_, response) => {
  response.end(JSON.stringify({ data: [`exports-${exports}`] }));
}).listen(Number(page), '127.0.0.1');
