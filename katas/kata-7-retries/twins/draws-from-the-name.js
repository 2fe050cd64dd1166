// Takes the draw from the message's name: the same share of the range at every attempt.
import { createHash } from 'node:crypto';
import { again, expo, honest, run } from './twin.mjs';

const share = ({ id }) => createHash('sha1').update(id).digest().readUInt32BE() / 2 ** 32;
run(
  honest({
    failed: (channel, message) =>
      again(channel, message, (failed) => expo(failed) * share(message)),
  }),
);
