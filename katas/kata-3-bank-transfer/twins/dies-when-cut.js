// Nobody listens to the errors of its connections.
import { move, poolOf, retried, serve, transaction } from './twin.mjs';

const pool = poolOf({ heard: false });

serve((wanted) => retried(() => transaction((tx) => move(tx, wanted), 'READ COMMITTED', pool)));
