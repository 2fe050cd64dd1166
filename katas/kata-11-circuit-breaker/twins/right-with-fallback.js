import { serveBoth } from './twin.mjs';

const rejects = (id) => ({ status: 200, body: { id, price: null, source: 'fallback' } });
serveBoth(undefined, { rejects });
