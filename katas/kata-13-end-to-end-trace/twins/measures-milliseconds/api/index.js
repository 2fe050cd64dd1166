// Milliseconds, under a name that says seconds.
import { api } from '../../twin.mjs';

await api({ seconds: (ms) => ms });
