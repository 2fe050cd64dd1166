import type { Stand, Surroundings } from './stand.js';

/** A program with its dependencies, and what happens to it. */
export interface Part {
  readonly open: () => Promise<Stand>;
  readonly play: (stand: Stand) => Promise<void>;
}

/**
 * The parts of a group side by side, one group after the other. All programs are there before any is
 * asked: one that starts is a load of its own. Where that came to nothing the machine has no room for
 * several: then each part has it to itself.
 */
export async function playParts(
  { isCrowded }: Pick<Surroundings, 'isCrowded'>,
  groups: readonly (readonly Part[])[],
): Promise<void> {
  if (isCrowded) {
    for (const part of groups.flat()) {
      const stand = await part.open();
      await part.play(stand);
      await stand.close();
    }
    return;
  }
  const opened = await Promise.all(
    groups.flat().map(async ({ open, play }) => ({ stand: await open(), play })),
  );
  let from = 0;
  for (const { length } of groups) {
    const some = opened.slice(from, (from += length));
    await Promise.all(some.map(({ stand, play }) => play(stand)));
  }
  await Promise.all(opened.map(({ stand }) => stand.close()));
}
