// A deadlock is a 503, without a retry.
import { isTransient, move, retried, serve, transaction } from './twin.mjs';

serve(async (wanted) => {
  try {
    return await retried(
      () => transaction((tx) => move(tx, wanted)),
      (error) => isTransient(error) && error.code !== '40P01',
    );
  } catch (error) {
    if (error.code !== '40P01') throw error;
    return { status: 503, body: { error: 'deadlock', retries: 0 } };
  }
});
