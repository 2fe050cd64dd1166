// Spans are a thousand times as long as they were.
import { api, stretchSpans } from '../../twin.mjs';

stretchSpans(1_000);
await api();
