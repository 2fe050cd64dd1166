// What PostgreSQL's integer does not hold is an error of its own (22003), which nobody expected.
import { serve, transfer } from './twin.mjs';

serve(transfer, { tooMuch: transfer });
