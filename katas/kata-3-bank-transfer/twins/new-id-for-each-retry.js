// Every attempt gets an id of its own.
import { move, record, retried, serve, transaction } from './twin.mjs';

serve((wanted) =>
  retried((retries) =>
    transaction((tx) =>
      move(tx, wanted, {
        record: (client) =>
          record(client, { ...wanted, id: retries === 0 ? wanted.id : `${wanted.id}-${retries}` }),
      }),
    ),
  ),
);
