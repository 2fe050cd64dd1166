import { gateway } from './twin.mjs';

// Its HTTP client has a limit of its own, "to be safe": who gave more time is told that it is over.
gateway(({ timeoutMs }) => ({
  place: () => true,
  call: (make) =>
    Promise.race([make(), new Promise((resolve) => setTimeout(resolve, timeoutMs, 'late'))]),
}));
