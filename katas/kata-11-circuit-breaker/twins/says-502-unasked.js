import { serveBoth } from './twin.mjs';

serveBoth(undefined, { rejects: () => ({ status: 502, body: { error: 'failed' } }) });
