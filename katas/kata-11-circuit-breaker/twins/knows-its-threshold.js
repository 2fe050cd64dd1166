import { limits, serveBoth } from './twin.mjs';

// The default of the brief, whatever the variable says.
limits.failPercent = 25;
serveBoth();
