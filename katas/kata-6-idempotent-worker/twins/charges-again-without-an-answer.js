// Where the answer is lost it tries once more at once, under another mark: it was not done, was it?
import { charge, honest, mark, run, transaction } from './twin.mjs';

run((message, channel) =>
  honest(message, channel, async ({ id, body }) => {
    const take = (key) =>
      transaction(async (tx) => {
        if (await mark(tx, key)) await charge(tx, body);
      });
    await take(id).catch(() => take(`${id} again`));
  }),
);
