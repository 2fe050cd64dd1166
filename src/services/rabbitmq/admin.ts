import type { Handle } from '../../register/kept.js';
import type { RabbitMqAdmin } from './types.js';
import { adminThrough } from './private/control.js';
import { readSpec } from './private/spec.js';

/** Of a broker that `plan services up` keeps. @throws where its folder is gone */
export async function adminOfKept(handle: Handle): Promise<RabbitMqAdmin> {
  const door = handle.kind === 'process' ? (await readSpec(handle.folder)).control : handle.control;
  if (door === undefined) throw new Error('the kept broker has no control port');
  return adminThrough(door);
}
