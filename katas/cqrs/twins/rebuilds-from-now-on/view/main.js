import { nextOf, pool, view } from '../../twin.mjs';

/** Who knows no place begins with what is told next. It only shows once there is no place. */
view({ from: async () => (await nextOf(pool)) ?? 'next' });
