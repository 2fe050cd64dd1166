// A confirm that takes a third of a second is taken for lost, and the copy is published once more.
import { setTimeout as sleep } from 'node:timers/promises';
import { again, honest, run } from './twin.mjs';

const patienceMs = 300;

run(
  honest({
    async failed(channel, message, wait) {
      const first = again(channel, message, wait);
      const isLate = await Promise.race([first, sleep(patienceMs, 'late')]);
      if (isLate === 'late') await again(channel, message, wait);
    },
  }),
);
