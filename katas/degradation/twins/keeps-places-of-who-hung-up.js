import { gateway } from './twin.mjs';

// Gives a place back once the answer is written, which it never is to who hung up.
gateway({ keepsPlace: (_outcome, response) => response.destroyed });
