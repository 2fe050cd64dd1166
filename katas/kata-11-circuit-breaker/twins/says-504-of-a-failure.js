import { guard, serve } from './twin.mjs';

const always504 = () => {
  const ask = guard();
  return async (id, url) => {
    const answer = await ask(id, url);
    return answer.status === 502 ? { ...answer, status: 504 } : answer;
  };
};
serve(always504(), always504());
