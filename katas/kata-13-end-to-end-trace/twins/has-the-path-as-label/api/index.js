// A series for each path that anybody asks for.
import { api } from '../../twin.mjs';

await api({ route: (path) => path });
