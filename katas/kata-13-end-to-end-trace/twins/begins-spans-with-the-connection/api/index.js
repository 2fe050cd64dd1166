// The span of the tenth request of a connection is as long as the connection is old.
import { api, openedAt } from '../../twin.mjs';

await api({ spanFrom: openedAt });
