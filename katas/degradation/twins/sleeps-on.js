import { gateway } from './twin.mjs';

// Beside the time-outs a breaker: each failure of a call that is still under way begins its two seconds anew.
gateway(() => {
  const services = { checkout: closed(), recommendations: closed() };
  return {
    place: (route) => performance.now() >= services[route].openUntil,
    async call(make, path) {
      const service = services[path.split('/')[0]];
      const outcome = await make();
      service.failed = outcome === 'late' || outcome === 'failed' ? service.failed + 1 : 0;
      if (service.failed >= 5) service.openUntil = performance.now() + 2_000;
      return outcome;
    },
  };
});

function closed() {
  return { failed: 0, openUntil: 0 };
}
