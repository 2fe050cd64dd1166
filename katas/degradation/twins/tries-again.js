import { gateway } from './twin.mjs';

// A second try where the first came to nothing.
gateway({
  checksTime: false,
  handedOn: (left) => Math.max(1, left),
  async call(make) {
    const outcome = await make();
    return outcome === 'late' || outcome === 'failed' ? make() : outcome;
  },
});
