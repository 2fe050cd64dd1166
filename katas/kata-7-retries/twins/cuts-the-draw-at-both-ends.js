// Around the middle, by three quarters to either side; what falls outside is cut off.
import { expo, honest, run } from './twin.mjs';

const share = () => Math.min(1, Math.max(0, 0.5 + 0.75 * (2 * Math.random() - 1)));

run(honest({ wait: (failed) => share() * expo(failed) }));
