import { payment } from '../../twin.mjs';

payment();
