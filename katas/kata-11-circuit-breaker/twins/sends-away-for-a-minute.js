import { rejection, serveBoth } from './twin.mjs';

serveBoth(undefined, { rejects: () => ({ ...rejection, headers: { 'retry-after': '60' } }) });
