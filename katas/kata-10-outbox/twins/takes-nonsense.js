import { serve } from './twin.mjs';

// Whoever asks for nothing gets nothing, says it, and calls it an order.
serve({ accepts: (order) => typeof order?.id === 'string' && typeof order.customer === 'string' });
