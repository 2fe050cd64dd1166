import { call, guard, serve } from './twin.mjs';

// Told to end, it waits for no service any more.
const ending = new Promise((resolve) => process.on('SIGTERM', resolve));
const calls = (url) => {
  const left = new AbortController();
  ending.then(() => left.abort());
  return call(url, undefined, left.signal);
};
const hasty = () => guard(undefined, { calls });
serve(hasty(), hasty());
