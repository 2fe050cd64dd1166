// Makes a key up for whoever sends none.
import { randomUUID } from 'node:crypto';
import { honest, serve } from './twin.mjs';

serve({ keyOf: (header) => honest.keyOf(header) ?? randomUUID() });
