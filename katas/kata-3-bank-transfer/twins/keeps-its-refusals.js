// A refusal is kept under its id, and told again when the money has long come in.
import { serve, transfer } from './twin.mjs';

const refused = new Map();

serve(async (wanted) => {
  const before = refused.get(wanted.id);
  if (before) return before;
  const answer = await transfer(wanted);
  if (answer.status === 409) refused.set(wanted.id, answer);
  return answer;
});
