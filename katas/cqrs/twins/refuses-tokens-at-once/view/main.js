import { comes, view } from '../../twin.mjs';

view({ comes: (token) => comes(token, 0) });
