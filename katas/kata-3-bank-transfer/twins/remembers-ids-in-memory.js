// Knows the ids that it has done, until it is started anew.
import { done, serve, transfer } from './twin.mjs';

const known = new Map();

serve((wanted) => {
  const { id, from, to, amount } = wanted;
  const same = JSON.stringify([from, to, amount]);
  const before = known.get(id);
  if (before && before.same !== same)
    return { status: 422, body: { error: 'id-reused', retries: 0 } };
  if (before) return before.answer;
  const answer = transfer(wanted, {
    recorded: () => undefined,
    record: (client) =>
      client.query(
        'INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [id, from, to, amount],
      ),
  });
  known.set(id, {
    same,
    answer: answer.then((told) => (told.status === 201 ? done(wanted) : told)),
  });
  return answer;
});
