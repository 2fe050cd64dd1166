import { view } from '../../twin.mjs';

/** No message came, so there is nothing to do; the connection is there, is it not? */
view({ hearsOfCancel: false });
