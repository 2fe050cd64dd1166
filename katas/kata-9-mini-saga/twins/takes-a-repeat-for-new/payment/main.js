import { authorizeAnyway, payment } from '../../twin.mjs';

payment({ OrderCreated: authorizeAnyway });
