// Whatever the client sends is the id.
import { randomUUID } from 'node:crypto';
import { api } from '../../twin.mjs';

await api({ requestId: (given) => given ?? randomUUID() });
