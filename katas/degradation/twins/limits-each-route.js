import { gateway } from './twin.mjs';

// A bucket for each client and route: who asks for both has two.
gateway({ clientOf: (headers, route) => `${headers['x-api-key']} ${route}` });
