// Told to stop, it finishes what it has, and ends before its last acknowledgements have left it.
import { cancel, handsEmpty, live, consume, honest } from './twin.mjs';

await consume(honest);
live(async () => {
  await cancel();
  await handsEmpty();
});
