import { gateway } from './twin.mjs';

// One bulkhead for both: a service that hangs takes all of it.
gateway(({ workers }) => ({
  place: (_route, { checkout, recommendations }) => checkout + recommendations < 2 * workers,
}));
