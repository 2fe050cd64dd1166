// Nobody means the spaces at the ends of a name.
import { serve, transfer } from './twin.mjs';

const trimmed = ({ id, from, to, ...rest }) => ({
  ...rest,
  id,
  from: from.trim(),
  to: to.trim(),
});

serve((wanted) => transfer(trimmed(wanted)));
