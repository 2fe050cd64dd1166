import { gateway } from './twin.mjs';

// First by one place: of two checkouts that come together the second is refused.
gateway(({ workers }) => ({
  place(route, { checkout, recommendations }) {
    const most = route === 'checkout' ? workers : workers - 1;
    return checkout + recommendations < most;
  },
}));
