import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlanError } from './errors.js';
import { requireOpenFiles, requireTemporaryFolder, systemFault } from './system-fault.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'plan-system-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('what the machine refuses is no defect', () => {
  it.skipIf(process.platform !== 'linux')('a full disk', () => {
    const full = thrownBy(() => writeFileSync('/dev/full', 'x'));
    expect(systemFault(full)).toMatchObject({ code: 'no-room', exit: 4 });
    // Also as what caused another error.
    expect(systemFault(new Error('bundle', { cause: full }))).toMatchObject({ code: 'no-room' });
  });

  it('a name that is too long, and a command', () => {
    const long = thrownBy(() => closeSync(openSync(path.join(folder, 'x'.repeat(400)), 'w')));
    expect(systemFault(long)).toMatchObject({ code: 'name-too-long', exit: 2 });
    const big = thrownBy(() => spawn('true', ['x'.repeat(5_000_000)]));
    expect(systemFault(big)).toMatchObject({ code: 'command-too-long', exit: 2 });
  });

  it('no folder for temporary files', () => {
    const temporary = path.join(folder, 'none');
    vi.stubEnv('TMPDIR', temporary);
    const missing = thrownBy(() => mkdtempSync(path.join(os.tmpdir(), 'plan-')));
    expect(systemFault(missing)).toMatchObject({ code: 'no-temporary-folder', exit: 4 });
    expect(requireTemporaryFolder).toThrow(temporary);
    mkdirSync(temporary);
    expect(requireTemporaryFolder).not.toThrow();
  });

  it('too few open files', () => {
    expect(() => requireOpenFiles(64, 256)).toThrow(PlanError);
    expect(() => requireOpenFiles(Number.POSITIVE_INFINITY, 256)).not.toThrow();
  });
});

it('leaves alone what is a defect, or has been told already', () => {
  const ours = thrownBy(() => openSync(path.join(folder, 'none'), 'r'));
  expect(systemFault(ours)).toBeUndefined();
  expect(systemFault(new TypeError('x is not a function'))).toBeUndefined();
  expect(systemFault(undefined)).toBeUndefined();
  const told = new PlanError({ code: 'known', exit: 4, what: 'known', cause: ours });
  expect(systemFault(told)).toBeUndefined();
});
