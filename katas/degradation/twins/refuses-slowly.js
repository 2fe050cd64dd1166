import { gateway } from './twin.mjs';

// Tells nobody at once that there is too much to do.
gateway(({ workers }) => ({
  async place(route, { checkout, recommendations }) {
    if (route === 'checkout') return checkout < 2 * workers;
    if (recommendations < workers / 2 && checkout + recommendations < workers - 1) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return false;
  },
}));
