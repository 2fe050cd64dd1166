import { call, serveBoth } from './twin.mjs';

// A health check of its own, that no client waits for.
setInterval(() => void call(`${process.env.UPSTREAM_URL}/quotes/health`), 300).unref();
serveBoth();
