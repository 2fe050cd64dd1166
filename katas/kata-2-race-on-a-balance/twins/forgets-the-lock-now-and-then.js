// Locks, except for every twentieth operation, which takes a short cut.
import { right, serve, unlocked } from './twin.mjs';

let asked = 0;

serve((order) => (++asked % 20 === 0 ? unlocked(order) : right(order)));
