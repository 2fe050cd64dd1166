import { beforeEach, describe, expect, it, vi } from 'vitest';

const written: string[] = [];
const queued: string[] = [];
/** How many bytes the next calls take; a text is the code of the error that they throw. */
const takes: (number | string)[] = [];

// With all the rest of it: other files share this process, and the module that is mocked here.
vi.mock('node:fs', async (original) => ({
  ...(await original<object>()),
  writeSync: (_: number, bytes: Buffer) => {
    const most = takes.shift() ?? bytes.length;
    if (typeof most === 'string') throw Object.assign(new Error(most), { code: most });
    written.push(bytes.subarray(0, most).toString());
    return most;
  },
}));

describe('printing', () => {
  let print: (text: string) => void;

  beforeEach(async () => {
    for (const list of [written, queued, takes]) list.length = 0;
    vi.resetModules();
    ({ print } = await import('./output.js'));
    vi.spyOn(process.stdout, 'write').mockImplementation((bytes) => queued.push(String(bytes)) > 0);
  });

  it('goes on where only a part was taken', () => {
    takes.push(3);
    print('whole');
    expect(written).toEqual(['who', 'le\n']);
    expect(queued).toEqual([]);
  });

  it('queues what a descriptor that never waits would not take, and all that follows', () => {
    takes.push(3, 'EAGAIN');
    print('whole');
    print('next');
    expect(written).toEqual(['who']);
    expect(queued).toEqual(['le\n', 'next\n']);
  });

  it('ends quietly where the reader is gone', () => {
    takes.push('EPIPE');
    expect(() => print('whole')).not.toThrow();
    expect(queued).toEqual([]);
  });

  it('says that a disk is full, which is no defect', () => {
    takes.push('ENOSPC');
    const full = expect.objectContaining({ code: 'output-not-writable', exit: 4 }) as Error;
    expect(() => print('whole')).toThrow(full);
  });

  it('takes a terminal that was closed for an interrupt', () => {
    takes.push('EIO');
    const interrupted = expect.objectContaining({ code: 'interrupted', exit: 130 }) as Error;
    expect(() => print('whole')).toThrow(interrupted);
  });
});
