import { gateway } from './twin.mjs';

// Once there is too much to do it lets no recommendation through for a second, again and again.
gateway(({ workers }) => {
  let until = 0;
  return {
    place(route, { checkout, recommendations }) {
      if (route === 'checkout') return checkout < 2 * workers;
      if (performance.now() < until) return false;
      if (checkout + recommendations < workers - 1 && recommendations < workers / 2) return true;
      until = performance.now() + 1_000;
      return false;
    },
  };
});
