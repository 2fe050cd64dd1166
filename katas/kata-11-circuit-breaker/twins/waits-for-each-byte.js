import http from 'node:http';
import { guard, limits, serve } from './twin.mjs';

// The time-out is for the next byte: each that comes starts it anew.
const calls = (url) =>
  new Promise((resolve) => {
    const request = http.get(url, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('error', () => resolve({ status: 502 }));
      response.on('end', () => {
        const { statusCode: status } = response;
        resolve(status === 200 ? { status, price: JSON.parse(text).price } : { status });
      });
    });
    request.setTimeout(limits.timeoutMs, () => {
      resolve({ status: 504 });
      request.destroy();
    });
    request.on('error', () => resolve({ status: 502 }));
  });

const waiting = () => guard(undefined, { calls });
serve(waiting(), waiting());
