// Nothing is exported before SIGTERM; it is early enough.
import { api, exportOnlyAtTheEnd } from '../../twin.mjs';

exportOnlyAtTheEnd();
await api();
