import { gateway } from './twin.mjs';

// As many as there are workers, whatever they ask for.
gateway(({ workers }) => ({
  place: (_route, { checkout, recommendations }) => checkout + recommendations < workers,
}));
