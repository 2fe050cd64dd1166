// The id of whoever came last is in everybody's message.
import { AsyncLocalStorage } from 'node:async_hooks';
import { api } from '../../twin.mjs';

const honest = new AsyncLocalStorage();
let last;
await api({
  remember(request, work) {
    last = { requestId: request.requestId };
    return honest.run(request, work);
  },
  recall: () => ({ ...honest.getStore(), ...last }),
});
