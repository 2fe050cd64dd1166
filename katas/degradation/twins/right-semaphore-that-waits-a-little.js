import { gateway } from './twin.mjs';

// Recommendations wait up to 20 ms for a place of their own.
gateway(({ workers }) => ({
  async place(route, underWay, until) {
    if (route === 'checkout') return underWay.checkout < 2 * workers;
    const end = Math.min(until, performance.now() + 20);
    while (underWay.recommendations >= workers / 2) {
      if (performance.now() >= end) return false;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return true;
  },
}));
