import { serve, taken } from './twin.mjs';

serve(async (order) => taken(order));
