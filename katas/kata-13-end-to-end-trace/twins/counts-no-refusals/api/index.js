// What is answered with 404 is counted nowhere.
import { api } from '../../twin.mjs';

await api({ counts: ({ status }) => status < 400 });
