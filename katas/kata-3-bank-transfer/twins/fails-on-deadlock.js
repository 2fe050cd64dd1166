// A deadlock is an error like any other: 500.
import { isTransient, move, retried, serve, transaction } from './twin.mjs';

serve((wanted) =>
  retried(
    () => transaction((tx) => move(tx, wanted)),
    (error) => isTransient(error) && error.code !== '40P01',
  ),
);
