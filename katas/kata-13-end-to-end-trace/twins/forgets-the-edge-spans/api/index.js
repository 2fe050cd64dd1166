// The edge ends without sending what it has in hand.
import { api } from '../../twin.mjs';

await api({ ends: () => undefined });
