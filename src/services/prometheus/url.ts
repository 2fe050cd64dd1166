import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { maskText } from '../../base/mask.js';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { within } from '../../base/within.js';
import { texts } from '../../i18n/text.js';
import { compareVersions } from '../private/versions.js';
import { urlWithinMs } from '../probe.js';
import { reloadPrometheus } from './client.js';
import { prometheusRecord } from './connection.js';
import { oldest } from './program.js';
import { folderShelf } from './shelf.js';
import { prometheusTexts } from './texts.js';
import type { RunningPrometheus } from './types.js';

/**
 * The server that PROMETHEUS_URL names: not ours to start, stop or watch. What it looks at it finds
 * in PROMETHEUS_FOLDER, and there only files of ours are written and removed.
 * @throws PlanError `no-prometheus-url`, `prometheus-url-failed` (exit 4)
 */
export async function usePrometheusUrl(env: NodeJS.ProcessEnv): Promise<RunningPrometheus> {
  const t = texts(prometheusTexts);
  const url = env['PROMETHEUS_URL'];
  if (!url) throw fault('no-prometheus-url', t.noUrl);
  try {
    if (!/^https?:$/.test(new URL(url).protocol)) throw new Error(t.notUrl);
    const shelf = folderShelf(folderIn(env));
    const record = await within('Prometheus', urlWithinMs, examine(url));
    if (compareVersions(record.version, oldest) < 0)
      throw new Error(t.tooOld(record.version, oldest));
    return {
      ...{ record, url, shelf },
      died: new Promise(() => undefined),
      stop: () => Promise.resolve(),
    };
  } catch (error) {
    throw fault('prometheus-url-failed', t.urlFailed(maskText(errorMessage(error))), error);
  }
}

async function examine(url: string) {
  const record = await prometheusRecord(url, { provider: 'url', kept: false });
  await reloadPrometheus(url).catch((error: unknown) => {
    throw new Error(texts(prometheusTexts).noReload(errorMessage(error)), { cause: error });
  });
  return record;
}

/** @throws Error with what it is for */
export function folderIn(env: NodeJS.ProcessEnv): string {
  const folder = env['PROMETHEUS_FOLDER'] ?? '';
  try {
    if (!path.isAbsolute(folder)) throw new Error(folder);
    accessSync(`${folder}/.`, constants.W_OK);
    return folder;
  } catch (cause) {
    throw new Error(texts(prometheusTexts).noFolder(folder || '/folder'), { cause });
  }
}

function fault(code: string, what: string, cause?: unknown): PlanError {
  const mend = texts(prometheusTexts).urlMend;
  return new PlanError({ code, exit: exitCodes.environment, what, mend, cause });
}
