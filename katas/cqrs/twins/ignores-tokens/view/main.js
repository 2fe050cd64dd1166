import { view } from '../../twin.mjs';

view({ comes: async () => true });
