// Takes the attempts for retries, and counts the first one twice.
import { attempts, honest, run } from './twin.mjs';

run(honest({ limit: attempts - 1 }));
