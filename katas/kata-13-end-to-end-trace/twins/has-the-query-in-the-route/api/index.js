// Known routes with a query are routes of their own.
import { api } from '../../twin.mjs';

await api({ route: (path) => (path.startsWith('/orders') ? path : 'none') });
