import { lookup } from 'node:dns/promises';
import { loadTexts } from '../../i18n/load.js';
import { texts } from '../../i18n/text.js';
import { freeDescriptors, raisingCommand, readFileLimit } from './file-limit.js';
import { Opening } from './opening.js';
import type { Target } from './http1/connection.js';
import { requestBytes } from './http1/request.js';
import { LocalLimit } from './local-limit.js';
import { Running } from './running.js';
import type { LoadNotice, LoadPlan, LoadResult, Mode } from './types.js';

/**
 * Puts a load on a server and measures it. What the server does wrong is counted, never thrown.
 * @throws LocalLimit where this machine is at its end, the signal's reason when that is aborted,
 * and what a function of the workload throws
 */
export async function generate(plan: LoadPlan): Promise<LoadResult> {
  plan.signal.throwIfAborted();
  const notices: LoadNotice[] = [];
  const wanted = usersAtFirst(plan.mode);
  const files = fitToFiles(Math.max(wanted, usersAtMost(plan.mode)), notices);
  const running = new Running(plan, await targetsOf(plan), files);
  try {
    running.start();
    await prepare(plan, running, Math.min(wanted, files), notices);
    await plan.meter?.begin();
    if (plan.begins) await running.waitFor(plan.begins());
    await running.load();
    await plan.meter?.end();
    if (plan.lingerMs !== undefined) await running.linger(plan.lingerMs);
    return { ...running.result(), notices };
  } finally {
    await running.close();
  }
}

function usersAtFirst(mode: Mode): number {
  if (mode.kind === 'burst') return mode.requests;
  return mode.kind === 'closed' ? mode.concurrency : mode.users;
}

function usersAtMost(mode: Mode): number {
  return mode.kind === 'open' ? mode.maxUsers : 0;
}

/** Too few descriptors make a smaller load, and say so. */
function fitToFiles(wanted: number, notices: LoadNotice[]): number {
  const got = Math.min(wanted, freeDescriptors(readFileLimit()));
  if (got < wanted) notices.push(tooFew('file-limit', wanted, got, raisingCommand(wanted)));
  return got;
}

async function prepare(
  plan: LoadPlan,
  running: Running,
  count: number,
  notices: LoadNotice[],
): Promise<void> {
  const users = Array.from({ length: count }, () => running.addUser());
  // Twice: what the server closed while others were opened is opened again.
  for (let round = 0; round < 2; round += 1) {
    const opening = new Opening(users);
    await running.during(opening);
    if (opening.limitedBy !== undefined) {
      const got = running.keepOpenUsers();
      if (got === 0) throw new LocalLimit(opening.limitedBy);
      const mend = texts(loadTexts).raiseFiles;
      notices.push(tooFew('local-limit', count, got, mend, opening.limitedBy));
      return;
    }
  }
  if (plan.primePath !== undefined) {
    const head = { method: 'GET', path: plan.primePath };
    await running.prime(plan.urls.map((url) => requestBytes(hostOf(url), head)));
  }
}

function tooFew(
  code: LoadNotice['code'],
  wanted: number,
  got: number,
  mend: string,
  reason?: string,
): LoadNotice {
  const what = texts(loadTexts).fewerConnections(wanted, got, reason);
  return { code, wanted, got, what, mend };
}

/** As the `host` field of a request names it. */
export function hostOf(url: string): string {
  return new URL(url).host;
}

/** Names are looked up once, not at every connection. */
async function targetsOf({ urls, timeoutMs, workload }: LoadPlan): Promise<Target[]> {
  return Promise.all(
    urls.map(async (url) => {
      const { hostname, port, protocol } = new URL(url);
      if (protocol !== 'http:') throw new TypeError(`only http: ${url}`);
      const { address } = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'));
      return { address, port: Number(port || 80), timeoutMs, keep: workload.keep };
    }),
  );
}
