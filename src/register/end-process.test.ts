import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { describeWith } from '../../test/support/requires.js';
import { endProcess } from './end-process.js';
import { identify, lifeOf, type ProcessIdentity } from './identity.js';

const nobody = 65_534;

describeWith('root', 'whose process root ends', () => {
  it('ends a server of another user that an earlier version wrote down without an owner', async () => {
    const { identity } = await sleeperOf(nobody);
    expect(await end({ ...identity, uid: undefined })).toBe(true);
    expect(lifeOf(identity)).toBe('gone');
  });

  it('ends nobody who has become another user since', async () => {
    const { identity, kill } = await sleeperOf(nobody);
    await expect(end({ ...identity, uid: nobody - 1 })).rejects.toMatchObject({ code: 'EPERM' });
    expect(lifeOf(identity)).toBe('alive');
    await kill();
  });
});

function end(process: ProcessIdentity): Promise<boolean> {
  return endProcess({ process, group: false, stopSignal: 'SIGTERM' });
}

async function sleeperOf(
  uid: number,
): Promise<{ identity: ProcessIdentity; kill: () => Promise<void> }> {
  const child = spawn('sleep', ['60'], { uid, gid: uid, stdio: 'ignore' });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error('the process is gone already');
  return {
    identity,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
