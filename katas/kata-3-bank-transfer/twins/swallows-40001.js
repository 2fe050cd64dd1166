// Serializable, and says that it is done where PostgreSQL refused it.
import { done, move, retried, serve, transaction } from './twin.mjs';

serve((wanted) =>
  retried(async () => {
    try {
      return await transaction((tx) => move(tx, wanted), 'SERIALIZABLE');
    } catch (error) {
      if (error.code === '40001') return done(wanted);
      throw error;
    }
  }),
);
