// The stored answer gets a remark: who compares the two finds them different.
import { honest, serve } from './twin.mjs';

serve({
  replay(stored) {
    const { status, body } = honest.replay(stored);
    return { status, body: { ...body, replayed: true } };
  },
});
