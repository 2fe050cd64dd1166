// Believes that some day it must work.
import { honest, run } from './twin.mjs';

run(honest({ limit: Infinity }));
