import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addEcho, endedLater, type Echo } from '../../test/support/echo-service.js';
import { Recorder } from '../history/recorder.js';
import { byProtocol, serviceNames, type ServiceName } from '../kata/services.js';
import { readKept } from '../register/kept.js';
import { hasLeftovers } from '../register/leftovers.js';
import { registerFolder } from '../register/register.js';
import { capabilities, capabilityOf } from './capabilities.js';
import type { Place } from './capability.js';
import { startServices } from './index.js';
import { keepUp } from './kept/up-down.js';
import { recoverLeftovers } from './leftovers/recover.js';
import { onFreshServices, type OwnServices } from './own.js';
import type { RunningService } from './types.js';
import type { Way } from './ways.js';

/** What the rest of the program does with a service that it has never heard of. */

const base = mkdtempSync(path.join(os.tmpdir(), 'plan-capability-'));
const echo = 'echo' as ServiceName;
const signal = new AbortController().signal;
const options = { signal, onProgress: () => undefined };

beforeAll(() => {
  process.env['XDG_STATE_HOME'] = base;
  addEcho();
});
afterAll(() => rmSync(base, { recursive: true }));

function placeOf({ places }: OwnServices): Place<Echo> {
  return (places as Record<string, unknown>)['echo'] as Place<Echo>;
}

it('starts it, gives each case a place there, and stops it', async () => {
  const running = await startServices([echo], { ...options, env: {} });
  expect(running.all.map(({ record }) => record.provider)).toEqual(['local']);
  const one = { kata: 'x', label: 'x', services: running, recorder: new Recorder(0), signal };
  await onFreshServices(one, async (own) => {
    const { url, hands } = placeOf(own);
    expect(url).toMatch(/^echo:\/\/127\.0\.0\.1:\d+\/plan_x_/);
    expect(byProtocol(new URL(url).protocol)?.facts.variable).toBe('ECHO_URL');
    expect(await hands.say('anybody there?')).toBe('anybody there?');
    await expect(own.database.query('SELECT 1')).rejects.toThrow('asks for no postgres');
  });
  await running.stopAll();
});

it('says what is missing in its own words, and lets the doctor look at it', async () => {
  const forced = startServices([echo], { ...options, env: {}, force: 'docker' });
  await expect(forced).rejects.toMatchObject({ code: 'no-echo', exit: 4, mend: 'call louder' });
  const docker = { id: 'docker', title: 'Docker', state: 'optional', detail: '' } as const;
  const found = { docker, kept: docker };
  const checks = await Promise.all(
    serviceNames.map(async (name) => (await capabilityOf(name)).examine({}, found)),
  );
  expect(checks.flat().find(({ id }) => id === 'echo')).toMatchObject({ state: 'ok' });
});

it('ends a server whose way does not keep it, and names that way', async () => {
  const up = keepUp([echo], { ...options, env: {} });
  await expect(up).rejects.toThrow("the way 'local' of echo does not call `keep`");
  expect(readKept(echo)).toBeUndefined();
});

it('ends a server that no run would take again, once it is kept', async () => {
  const whole = await capabilityOf(echo);
  const keeping: Way<RunningService>['find'] = async (given) => {
    const start = await whole.ways.find(({ name }) => name === 'local')?.find(given);
    return async () => {
      const running = await (start as () => Promise<RunningService>)();
      try {
        await given.keep?.(running);
        return running;
      } catch (error) {
        await running.stop();
        throw error;
      }
    };
  };
  const ways = [{ name: 'local', find: keeping }];
  Object.assign(capabilities, { echo: () => Promise.resolve({ ...whole, ways }) });
  try {
    const up = keepUp([echo], { ...options, env: {} });
    await expect(up).rejects.toThrow('no `useKept` takes it again for a run');
    expect(readKept(echo)).toBeUndefined();
  } finally {
    Object.assign(capabilities, { echo: () => Promise.resolve(whole) });
  }
});

it('ends what a killed plan left on a server of the user, where its variable says which', async () => {
  const url = 'echo://somewhere';
  const running = await startServices([echo], { ...options, env: { ECHO_URL: url } });
  const one = { kata: 'x', label: 'left', services: running, recorder: new Recorder(0), signal };
  const left = await onFreshServices(one, (own) => {
    const [name = ''] = readdirSync(registerFolder());
    const text = readFileSync(path.join(registerFolder(), name), 'utf8');
    return Promise.resolve({ name, text, url: placeOf(own).url });
  });
  expect(readdirSync(registerFolder())).toEqual([]);
  // As it would lie there, had this process been killed before a reboot.
  const elsewhere = (text: string): string => text.replace(/[0-9a-f]{32}-/, '00000000-');
  const file = path.join(registerFolder(), 'x');
  writeFileSync(file, elsewhere(left.text));
  renameSync(file, path.join(registerFolder(), elsewhere(left.name)));
  expect(hasLeftovers()).toBe(false);
  process.env['ECHO_URL'] = url;
  try {
    expect(hasLeftovers()).toBe(true);
    const { ended, kept } = await recoverLeftovers();
    expect(kept).toEqual([]);
    expect(ended).toEqual([expect.stringMatching(/^the echo plan_left_\w+ of somewhere:7$/)]);
    expect(endedLater).toHaveLength(1);
  } finally {
    delete process.env['ECHO_URL'];
  }
});
