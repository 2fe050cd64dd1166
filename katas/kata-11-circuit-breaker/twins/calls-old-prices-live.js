import { serveBoth } from './twin.mjs';

const rejects = (id) => ({ status: 200, body: { id, price: 100, source: 'live' } });
serveBoth(undefined, { rejects });
