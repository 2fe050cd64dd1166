import { order } from '../../twin.mjs';

order();
