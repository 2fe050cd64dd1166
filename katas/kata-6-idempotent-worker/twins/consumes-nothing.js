// Healthy, and does nothing.
import { live } from './twin.mjs';

live();
