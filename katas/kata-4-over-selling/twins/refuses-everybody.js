// Answers "sold out" to everybody: nothing is ever oversold.
import { serve, soldOut } from './twin.mjs';

serve(async () => soldOut());
