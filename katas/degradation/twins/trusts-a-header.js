import { gateway } from './twin.mjs';

// Whoever says that it is somebody else is somebody else.
gateway({ clientOf: (headers) => headers['x-forwarded-for'] ?? headers['x-api-key'] });
