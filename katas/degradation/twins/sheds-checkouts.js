import { gateway } from './twin.mjs';

// Has it the wrong way round: what pays is refused while recommendations still find a place.
gateway(({ workers }) => ({
  place(route, { checkout, recommendations }) {
    const most = route === 'checkout' ? workers - 2 : workers;
    return checkout + recommendations < most;
  },
}));
