// Sells as it should and answers with a status that the contract does not know.
import { sell, serve } from './twin.mjs';

serve(async (order) => ({ ...(await sell(order)), status: 418 }));
