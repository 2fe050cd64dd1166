// People type names as they like, so a name in capitals is the same account.
import { serve, transfer } from './twin.mjs';

const lower = ({ from, to, ...rest }) => ({
  ...rest,
  from: from.toLowerCase(),
  to: to.toLowerCase(),
});

serve((wanted) => transfer(lower(wanted)));
