import { randomUUID } from 'node:crypto';
import { relay } from '../../twin.mjs';
import { payment } from '../../twin-payment.mjs';

/** An id a publication, and not one a fact: who publishes again tells of another one. */
payment({}, { relays: () => relay(() => ({ id: randomUUID() })) });
