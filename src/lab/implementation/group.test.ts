import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { groupMembers, membersOf, signalGroup } from './group.js';

describe.runIf(process.platform === 'linux')('the members of a process group', () => {
  const groups: number[] = [];

  afterEach(() => {
    for (const group of groups.splice(0)) signalGroup(group, 'SIGKILL');
  });

  /** One more child for each line that it is given. */
  const begun = async () => {
    const script = 'echo; while read line; do sleep 60 & echo; done; wait';
    const child = spawn('sh', ['-c', script], { detached: true });
    const group = child.pid ?? 0;
    groups.push(group);
    await once(child.stdout, 'data');
    const another = async (): Promise<void> => {
      child.stdin.write('\n');
      await once(child.stdout, 'data');
    };
    return { group, another };
  };

  it('are found also where they came after the first look, and those of no other group', async () => {
    const [one, other] = [await begun(), await begun()];
    const now = membersOf(one.group);
    expect(now()).toEqual([one.group]);
    await one.another();
    await other.another();
    expect(now()).toHaveLength(2);
    await one.another();
    expect(now()).toHaveLength(3);
    expect(now()).toEqual(groupMembers(one.group));
  });

  it('are no more once it has ended', async () => {
    const { group, another } = await begun();
    const now = membersOf(group);
    await another();
    expect(now()).toHaveLength(2);
    signalGroup(group, 'SIGKILL');
    await expect.poll(now).toEqual([]);
  });
});
