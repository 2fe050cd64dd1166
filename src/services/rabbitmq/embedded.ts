import path from 'node:path';
import { exitCodes, PlanError } from '../../base/errors.js';
import { brokerTexts } from '../../i18n/broker.js';
import { texts } from '../../i18n/text.js';
import type { BrokerRuntime } from './private/runtime.js';
import { startNode } from './private/start.js';
import { debianRelease } from '../packages/apt.js';
import { fetchPackages, type WantedPackage } from '../packages/fetch.js';
import { makeFolder } from '../private/aside.js';
import { list } from '../private/programs.js';
import { brokerVersion, oldest } from './local.js';
import type { StartOptions } from '../types.js';
import type { RunningRabbitMq } from './types.js';

/** True where the distribution's own packages can be had without being installed. */
export function canEmbed(): boolean {
  return debianRelease() !== undefined;
}

/**
 * A RabbitMQ and its Erlang from the distribution's packages, fetched once into the cache; any user
 * may.
 * @throws PlanError (exit 4) · the signal's reason
 */
export async function startEmbeddedBroker(options: StartOptions): Promise<RunningRabbitMq> {
  const t = texts(brokerTexts);
  const release = debianRelease();
  if (release === undefined) {
    const mend = process.platform === 'darwin' ? t.noneMendMac : t.noneMend;
    throw fault('no-embedded-rabbitmq', t.noEmbedded, mend);
  }
  return startNode({
    ...options,
    provider: 'embedded',
    runtime: async ({ home }) => {
      const folder = folderFor(home, release);
      return runtimeIn(folder) ?? (await fetchInto(folder, options));
    },
  });
}

/** What an earlier start has fetched; its version, for people. */
export function embeddedVersion(home: string): string | undefined {
  const release = debianRelease();
  return release === undefined ? undefined : runtimeIn(folderFor(home, release))?.version;
}

/** Packages fit the libraries of one release of one distribution. */
function folderFor(home: string, release: string): string {
  return path.join(home, 'binaries', `${release}-${process.arch}`);
}

async function fetchInto(folder: string, options: StartOptions): Promise<BrokerRuntime> {
  await makeFolder(folder, 0o755, async (aside) => {
    await fetchPackages(aside, wanted(), options);
  });
  const runtime = runtimeIn(folder);
  if (runtime === undefined) throw new Error(`${folder} holds no RabbitMQ`);
  return runtime;
}

const wanted = (): WantedPackage => {
  const t = texts(brokerTexts);
  return {
    title: 'RabbitMQ',
    names: ['rabbitmq-server'],
    oldest,
    needs: (name, installed) =>
      name.startsWith('erlang-') || (name.startsWith('lib') && !installed.has(name)),
    whole: t.andErlang,
    mend: { tooOld: t.noneMend, notFetched: t.notFetchedMend },
  };
};

/** What `erl`, a script that has its root written in, would execute; from any folder. */
function runtimeIn(folder: string): BrokerRuntime | undefined {
  const broker = one(path.join(folder, 'usr/lib/rabbitmq/lib'), /^rabbitmq_server-/);
  const root = path.join(folder, 'usr/lib/erlang');
  const erts = one(root, /^erts-/);
  if (broker === undefined || erts === undefined) return undefined;
  const plugins = path.join(broker, 'plugins');
  const version = brokerVersion(plugins);
  if (version === undefined) return undefined;
  const bin = path.join(erts, 'bin');
  const libraries = one(path.join(folder, 'usr/lib'), /-linux-gnu/);
  const environment = {
    ROOTDIR: root,
    BINDIR: bin,
    EMU: 'beam',
    PROGNAME: 'erl',
    ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }),
  };
  return { erl: path.join(bin, 'erlexec'), environment, plugins, version };
}

function one(folder: string, pattern: RegExp): string | undefined {
  const name = list(folder).find((candidate) => pattern.test(candidate));
  return name === undefined ? undefined : path.join(folder, name);
}

function fault(code: string, what: string, mend: string): PlanError {
  return new PlanError({ code, exit: exitCodes.environment, what, mend });
}
