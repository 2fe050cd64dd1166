// Answers once the debit is done; credit, record and COMMIT come when they come.
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

serve((wanted) =>
  retried(
    () =>
      new Promise((answer, fail) => {
        transaction(async (tx) => {
          const before = await recorded(tx, wanted);
          if (before) return answer(before);
          if (!(await bothExist(tx, wanted))) return answer(unknown());
          if (!(await debit(tx, wanted)))
            return answer((await recorded(tx, wanted)) ?? insufficient());
          answer(done(wanted));
          await think();
          await credit(tx, wanted);
          await record(tx, wanted);
        }).catch(fail);
      }),
  ),
);
