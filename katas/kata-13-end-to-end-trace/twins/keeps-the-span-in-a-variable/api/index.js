// Whoever came last is everybody's parent.
import { AsyncLocalStorage } from 'node:async_hooks';
import { api } from '../../twin.mjs';

const honest = new AsyncLocalStorage();
let last;
await api({
  remember(request, work) {
    last = { span: request.span };
    return honest.run(request, work);
  },
  recall: () => ({ ...honest.getStore(), ...last }),
});
