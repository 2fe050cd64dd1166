import { gateway } from './twin.mjs';

// Waits for a place for as long as it takes, and calls then.
gateway(({ workers }) => ({
  async place(route, underWay) {
    const most = { checkout: workers, recommendations: workers / 2 };
    while (underWay[route] >= most[route]) await new Promise((resolve) => setTimeout(resolve, 5));
    return true;
  },
  checksTime: false,
  handedOn: (left) => Math.max(0, left),
}));
