import { serve, type ServerType } from '@hono/node-server';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { errorCode, errorMessage, exitCodes, PlanError } from '../base/errors.js';
import { packageRoot } from '../base/package.js';
import { getLocale, texts } from '../i18n/text.js';
import { uiTexts } from '../i18n/ui.js';
import { findRoot } from '../plan/root.js';
import { isInteractive, print, printJson } from '../report/terminal/output.js';
import { integerOf } from './option-values.js';
import { interruptible } from './interrupt.js';
import { keepAddress, readAddress } from './ui/address.js';
import { siteOf } from './ui/app.js';
import { LiveRuns } from './ui/live-runs.js';

interface Options {
  readonly port?: string;
  /** `--no-open` */
  readonly open?: boolean;
  readonly json?: boolean;
}

/** `plan ui`: the page, on this machine alone, until it is ended. */
export async function ui({ port, open = true, json = false }: Options): Promise<undefined> {
  const asked = port === undefined ? undefined : integerOf('port', port, 0, 65_535);
  const address = await readAddress();
  const interrupt = interruptible();
  const runs = new LiveRuns(findRoot(process.cwd()) ?? process.cwd());
  try {
    const { server, at } = await listenOn(asked, address.port, (on) =>
      listen(address.secret, runs, on),
    );
    await keepAddress({ secret: address.secret, port: at });
    const url = `http://127.0.0.1:${at}/${address.secret}/`;
    tell(url, json);
    if (open && !json && isInteractive() && hasDisplay()) openBrowser(url);
    await aborted(interrupt.signal);
    await runs.stopAll();
    await closed(server);
    if (!json) print(texts(uiTexts).ended);
  } finally {
    interrupt.release();
  }
}

interface Listening {
  readonly server: ServerType;
  readonly at: number;
}

/** On the port of last time, where nobody else has it; one that was asked for must be free. */
async function listenOn(
  asked: number | undefined,
  last: number | undefined,
  on: (port: number) => Promise<Listening>,
): Promise<Listening> {
  try {
    return await on(asked ?? last ?? 0);
  } catch (error) {
    if (asked !== undefined) throw portTaken(asked, error);
    if (errorCode(error) !== 'EADDRINUSE') throw error;
    return on(0);
  }
}

async function listen(secret: string, runs: LiveRuns, port: number): Promise<Listening> {
  let at = 0;
  const app = siteOf({
    ...{ root: findRoot(process.cwd()) ?? process.cwd(), secret, locale: getLocale(), runs },
    script: () => readFile(path.join(packageRoot, 'dist', 'browser', 'live.js'), 'utf8'),
    port: () => at,
  });
  const listening = await new Promise<Listening>((resolve, reject) => {
    const options = { fetch: app.fetch, hostname: '127.0.0.1', port };
    const server = serve(options, (info: AddressInfo) => resolve({ server, at: info.port }));
    server.once('error', reject);
  });
  ({ at } = listening);
  return listening;
}

function tell(url: string, json: boolean): void {
  const t = texts(uiTexts);
  if (json) printJson({ url });
  else print(`${t.listening(url)}\n${t.secret}`);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Pages that are open hold their connections: they are cut. */
function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === 'darwin' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

/** Where that fails, the address stands there to be clicked. */
function openBrowser(url: string): void {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function portTaken(port: number, cause: unknown): PlanError {
  const t = texts(uiTexts);
  return new PlanError({
    ...{ code: 'port-taken', exit: exitCodes.environment, cause },
    what: t.portTaken(port, errorMessage(cause)),
    mend: t.portTakenMend,
  });
}
