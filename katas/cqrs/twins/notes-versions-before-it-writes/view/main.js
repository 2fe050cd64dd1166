import { comes, foldWith, view } from '../../twin.mjs';

/** Whoever waits is woken by what is not written yet, and reads the tables as they were. */
const versions = new Map();
const keep = foldWith();

view({
  async fold(event, next) {
    if (event) versions.set(event.id, Math.max(event.version, versions.get(event.id) ?? 0));
    await keep(event, next);
  },
  async comes(token) {
    const [id, version] = token.split('@');
    return versions.get(id) >= Number(version) || comes(token);
  },
});
