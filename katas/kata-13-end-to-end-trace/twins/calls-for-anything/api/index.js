// Milliseconds, under a name that says seconds: every order is far too late.
import { api } from '../../twin.mjs';

await api({ seconds: (ms) => ms });
