import type { Lab } from '../../../src/kata/index.js';
import { apiKeyOf } from './requests.js';

/** A client may have several: all that is by client is by its name. */
export const secondKeyOf = (client: string): string => `second-${apiKeyOf(client)}`;

/** Who may order, before any program has started. */
export async function know(lab: Lab, names: readonly string[]): Promise<void> {
  await lab
    .role('orders')
    .database.query(
      'INSERT INTO clients (api_key, name) SELECT * FROM unnest($1::text[], $2::text[])',
      [
        [...names.map(apiKeyOf), ...names.map(secondKeyOf)],
        [...names, ...names],
      ],
    );
}
