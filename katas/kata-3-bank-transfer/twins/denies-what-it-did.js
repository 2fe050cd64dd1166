// An id that is there already is a conflict.
import { recorded, serve, transfer } from './twin.mjs';

serve((wanted) =>
  transfer(wanted, {
    recorded: async (client) => {
      const before = await recorded(client, wanted);
      return before && { status: 422, body: { error: 'id-reused' } };
    },
  }),
);
