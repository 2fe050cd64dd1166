import { gateway } from './twin.mjs';

// Keeps its keys as the fields of an object, which has some that nobody put there.
gateway({
  knows(known, key) {
    const keys = Object.fromEntries([...known].map((one) => [one, true]));
    return Boolean(keys[key]);
  },
});
