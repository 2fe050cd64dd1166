import { randomBytes } from 'node:crypto';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { maskUrl } from '../../base/mask.js';
import { texts } from '../../i18n/text.js';
import { viewersTexts } from '../../i18n/viewers.js';
import { serviceTitles } from '../../kata/services.js';
import { serviceHome } from '../private/home.js';
import { makeInstance } from '../private/instance.js';
import { launchServer, ServerFailure, type ServerSpec } from '../private/launch.js';
import { freePort } from '../private/port.js';
import { isExecutable, onPath } from '../private/programs.js';
import { RestartableServer } from '../private/restartable.js';
import { serveInstance } from '../private/serve.js';
import { serviceUser, type ServiceUser } from '../private/user.js';
import type { RunningService, StartOptions } from '../types.js';
import type { Prepared, Viewer } from './viewer.js';

const usualFolders = ['/usr/local/bin', '/usr/sbin', '/opt/homebrew/bin'];

export function programOf({ programs }: Viewer, env = process.env): string | undefined {
  return [...onPath(env), ...usualFolders]
    .flatMap((folder) => programs.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

/** A private instance of what is installed. @throws PlanError (exit 4); nothing is left behind then */
export async function startLocalViewer(
  viewer: Viewer,
  options: StartOptions,
): Promise<RunningService> {
  const t = texts(viewersTexts);
  const title = serviceTitles[viewer.name];
  const program = programOf(viewer);
  const failed = (code: string, what: string, cause?: unknown): PlanError =>
    new PlanError({ code, exit: exitCodes.environment, what, mend: t.mend(title, viewer), cause });
  if (program === undefined) throw failed(`no-local-${viewer.name}`, t.noLocal(title));
  const user = serviceUser([viewer.name, 'nobody']);
  const home = serviceHome(viewer.name, user, options.onProgress);
  const instance = await makeInstance({ home, user });
  try {
    const { folder } = instance;
    const ports = await freePorts(1 + viewer.otherPorts);
    const password = randomBytes(18).toString('hex');
    const data = path.join(folder, 'data');
    const prepared = viewer.prepare({ folder, data, ports, password, program });
    await layDown(folder, prepared, user);
    const spec = specOf(viewer, { program, folder, prepared, user });
    const launch = () => launchServer(spec, () => answers(viewer, prepared.url), options.signal);
    const launched = await launch();
    const { url } = prepared;
    const kept = options.keep !== undefined;
    return await serveInstance({
      ...{ instance, launched, url, keep: options.keep, more: {} },
      record: async () => ({
        ...{ name: viewer.name, provider: 'local', kept, url: maskUrl(url) },
        version: await viewer.versionAt(url),
        settings: prepared.settings,
      }),
      server: new RestartableServer({
        ...{ life: launched, log: spec.log, launch, onRestart: () => Promise.resolve() },
        startFailed: (failure) => failed(`${viewer.name}-start-failed`, failure.log, failure),
        died: (log) => failed(`${viewer.name}-died`, t.died(title, log)),
      }),
    });
  } catch (error) {
    await instance.remove();
    if (!(error instanceof ServerFailure)) throw error;
    throw failed(`${viewer.name}-start-failed`, t.startFailed(title, error.log), error);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
  return ports;
}

/** Closed to others: passwords are among them. */
async function layDown(
  folder: string,
  { files }: Prepared,
  user: ServiceUser | undefined,
): Promise<void> {
  const own = async (place: string): Promise<void> => {
    if (user !== undefined) await chown(place, user.uid, user.gid);
  };
  const data = path.join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  await own(data);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true, mode: user === undefined ? 0o700 : 0o755 });
    await writeFile(file, text, { mode: 0o400 });
    await own(file);
  }
}

interface Parts {
  readonly program: string;
  readonly folder: string;
  readonly prepared: Prepared;
  readonly user: ServiceUser | undefined;
}

function specOf({ name }: Viewer, { program, folder, prepared, user }: Parts): ServerSpec {
  return {
    program,
    parameters: prepared.parameters,
    environment: {
      ...{ PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' },
      ...{ HOME: path.join(folder, 'data'), PLAN_SERVICE: name },
      ...prepared.environment,
    },
    user: user === undefined ? null : { uid: user.uid, gid: user.gid },
    log: path.join(folder, 'server.log'),
  };
}

const answers = async ({ versionAt }: Viewer, url: string): Promise<boolean> =>
  versionAt(url).then(
    () => true,
    () => false,
  );
