// The broker may still refuse it.
import { api } from '../../twin.mjs';

await api({ waits: false });
