// What a request waited before it was read is to be in it; the tenth of a connection waited for nine others.
import { api, openedAt } from '../../twin.mjs';

await api({ countsFrom: openedAt });
