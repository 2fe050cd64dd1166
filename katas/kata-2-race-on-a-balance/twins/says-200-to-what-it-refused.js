// What can't be paid out is not paid out, and still the answer is 200.
import { done, right, serve } from './twin.mjs';

serve(async (order) => done((await right(order)).body.balance));
