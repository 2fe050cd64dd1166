import { guard, serve } from './twin.mjs';

// Whoever asks for what has just been answered hears the same, and that it is live.
const keptMs = 150;
const withCache = () => {
  const kept = new Map();
  const ask = guard();
  return async (id, url) => {
    const had = kept.get(id);
    if (had && performance.now() - had.at < keptMs) return had.answer;
    const answer = await ask(id, url);
    if (answer.status === 200) kept.set(id, { at: performance.now(), answer });
    return answer;
  };
};
serve(withCache(), withCache());
