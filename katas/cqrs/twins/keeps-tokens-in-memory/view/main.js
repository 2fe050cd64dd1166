import { comes, foldWith, view, waitMs } from '../../twin.mjs';

/** What is here it knows by itself, and the next one begins with nothing. */
const versions = new Map();
const keep = foldWith();

view({
  async fold(event, next) {
    await keep(event, next);
    if (event) versions.set(event.id, Math.max(event.version, versions.get(event.id) ?? 0));
  },
  async comes(token) {
    const [id, version] = token.split('@');
    const until = performance.now() + waitMs;
    while (performance.now() < until) {
      if (versions.get(id) >= Number(version)) return comes(token, 0);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    return false;
  },
});
