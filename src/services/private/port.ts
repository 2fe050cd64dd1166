import { choosePort } from '../../base/port.js';

/** For a server; somebody else may still take it first. */
export function freePort(): Promise<number> {
  return choosePort('server');
}
