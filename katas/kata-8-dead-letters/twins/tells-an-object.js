// The reason is made of an object as it stands: "refused: [object Object]".
import { giveUpOrAgain, runWith } from './twin.mjs';

await runWith((message, channel, error) => {
  const told = { error: error.message };
  return giveUpOrAgain(message, channel, new Error(`refused: ${told}`));
});
