import { gateway } from './twin.mjs';

// Looks a client up before each call, which takes its time, and forgets that the client waits meanwhile.
gateway(({ workers }) => ({
  async place(route, underWay) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    return underWay[route] < (route === 'checkout' ? 2 * workers : workers / 2);
  },
  handedOn: (_left, given) => given,
}));
