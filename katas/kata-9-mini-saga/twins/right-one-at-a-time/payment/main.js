import { payment } from '../../twin.mjs';

payment({}, { prefetch: 1 });
