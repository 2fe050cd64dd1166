import { guard, rejection, serve } from './twin.mjs';

// Whatever went wrong: come again later.
const always503 = () => {
  const ask = guard();
  return async (id, url) => {
    const answer = await ask(id, url);
    return answer.status === 502 ? rejection : answer;
  };
};
serve(always503(), always503());
