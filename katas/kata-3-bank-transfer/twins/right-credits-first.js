// The payee's row comes first: inside of a transaction the order is nobody's business.
import {
  bothExist,
  credit,
  debit,
  done,
  insufficient,
  record,
  recorded,
  retried,
  serve,
  think,
  transaction,
  unknown,
} from './twin.mjs';

class Refused extends Error {
  code = 'refused';
}

serve((wanted) =>
  retried(async () => {
    try {
      return await transaction(async (tx) => {
        const before = await recorded(tx, wanted);
        if (before) return before;
        if (!(await bothExist(tx, wanted))) return unknown();
        await credit(tx, wanted);
        await think();
        const again = await recorded(tx, wanted);
        if (again) throw new Refused();
        if (!(await debit(tx, wanted))) throw new Refused();
        await record(tx, wanted);
        return done(wanted);
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return transaction(async (tx) => (await recorded(tx, wanted)) ?? insufficient());
    }
  }),
);
