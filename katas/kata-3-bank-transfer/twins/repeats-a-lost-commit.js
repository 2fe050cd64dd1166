// Runs what was cut once more without asking whether its COMMIT had gone through.
import { debit, credit, done, move, pool, retried, serve, transaction } from './twin.mjs';

/** Only its row tells that it was done; this one trusts that what failed took no effect. */
const moveAgain = async (tx, wanted) => {
  if (!(await debit(tx, wanted))) return move(tx, wanted);
  await credit(tx, wanted);
  await tx.query(
    `INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO NOTHING`,
    [wanted.id, wanted.from, wanted.to, wanted.amount],
  );
  return done(wanted);
};

serve((wanted) => {
  let wasCut = false;
  return retried(async () => {
    try {
      return await transaction((tx) => (wasCut ? moveAgain : move)(tx, wanted), undefined, pool);
    } catch (error) {
      wasCut ||= !/^[0-9A-Z]{5}$/.test(error.code ?? '');
      throw error;
    }
  });
});
