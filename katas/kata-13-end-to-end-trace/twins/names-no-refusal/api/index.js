// What is no order is answered without an id.
import { api } from '../../twin.mjs';

await api({ names: ({ status }) => status !== 400 });
