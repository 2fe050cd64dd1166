import { log } from '../../kit/node/log.js';

/** One attempt. @returns whether it went through; everything else means: try again later */
export type Charge = (id: string) => Promise<boolean>;

export const chargesAt =
  (upstream: string): Charge =>
  async (id) => {
    try {
      const response = await fetch(`${upstream}/charges`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id }),
      });
      // Unread, the answer would keep the connection.
      await response.arrayBuffer();
      return response.status === 201;
    } catch (error) {
      log('the charge of', id, 'did not come through:', error);
      return false;
    }
  };
