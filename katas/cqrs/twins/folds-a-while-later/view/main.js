import { foldWith, view } from '../../twin.mjs';

const everyMs = 1_500;
const fold = foldWith();
let taken = [];

/** Many in one go are worth a transaction; until then they have come, and nobody is shown them. */
async function foldTaken() {
  const batch = taken;
  taken = [];
  for (const [event, next] of batch) await fold(event, next);
}
setInterval(() => foldTaken().catch((error) => process.stderr.write(`${error.stack}\n`)), everyMs);

view({ fold: async (event, next) => void taken.push([event, next]) });
