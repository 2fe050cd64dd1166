// The worker beside it is in Python, with OpenTelemetry's own SDK.
import { api } from '../../twin.mjs';

await api();
