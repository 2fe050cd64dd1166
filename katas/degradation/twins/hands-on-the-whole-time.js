import { gateway } from './twin.mjs';

// Waits for a place of its own first, and forgets that its client waits meanwhile.
gateway(({ workers }) => ({
  async place(route, underWay, until) {
    const most = route === 'checkout' ? 2 * workers : workers / 2;
    while (underWay[route] >= most) {
      if (until - performance.now() < 150) return false;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return true;
  },
  handedOn: (_left, given) => given,
}));
