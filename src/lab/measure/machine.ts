import os from 'node:os';
import type { Machine } from '../../kata/run-record.js';

/** What the figures were measured on. */
export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    platform: `${os.platform()} ${os.arch()}`,
    release: os.release(),
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memory: os.totalmem(),
    node: process.version,
  };
}
