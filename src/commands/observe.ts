import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { observeTexts } from '../i18n/observe.js';
import { getLocale, texts } from '../i18n/text.js';
import type { ProviderName } from '../kata/run-record.js';
import { services as facts, type ServiceName } from '../kata/services.js';
import type { Kept } from '../register/kept.js';
import { reportGiven, reportMissing } from '../report/terminal/observe.js';
import { printJson } from '../report/terminal/output.js';
import { keptAsData, reportDown, reportStatus, reportUp } from '../report/terminal/services.js';
import { startService } from '../services/choose.js';
import { provisionGiven } from '../services/grafana/given.js';
import { findKept } from '../services/kept/find.js';
import { keepDown, keepUp } from '../services/kept/up-down.js';
import { interruptible } from './interrupt.js';
import { printProgress } from '../report/terminal/output.js';

interface Options {
  services?: ProviderName;
  json?: boolean;
  reveal?: boolean;
}

/** Grafana last: it is told of the other two as it starts. */
const viewers = ['prometheus', 'jaeger', 'grafana'] as const satisfies readonly ServiceName[];

/** `plan observe up|down|status`: what people look with, kept between runs; while it is up, runs feed it. */
export async function observe(action: string, options: Options): Promise<ExitCode> {
  const { json = false, reveal = false } = options;
  const locale = getLocale();
  switch (action) {
    case 'up':
      await up(options);
      break;
    case 'down':
      reportDown(locale, await keepDown([...viewers].reverse()), { json });
      break;
    case 'status':
      reportStatus(locale, await Promise.all(viewers.map(findKept)), { json, reveal });
      break;
    default:
      throw badAction(action);
  }
  return exitCodes.ok;
}

interface Found {
  readonly ups: Awaited<ReturnType<typeof keepUp>>;
  readonly given: ServiceName[];
  readonly missing: PlanError[];
}

/** Without Prometheus there is nothing to look at; of the others, what there is. */
async function up({ services: force, json = false }: Options): Promise<void> {
  const { signal } = interruptible();
  const options = { force, env: process.env, signal, onProgress: printProgress };
  const found: Found = { ups: [], given: [], missing: [] };
  for (const name of viewers) {
    if (process.env[facts[name].variable]) {
      await startService(name, { ...options, force: 'url' });
      found.given.push(name);
      continue;
    }
    try {
      found.ups.push(...(await keepUp([name], options)));
    } catch (error) {
      if (name === 'prometheus' || !(error instanceof PlanError)) throw error;
      found.missing.push(error);
    }
  }
  if (found.given.includes('grafana')) await provisionGiven(process.env);
  tell(found, json);
}

function tell({ ups, given, missing }: Found, json: boolean): void {
  const locale = getLocale();
  const kept: readonly Kept[] = ups.map((one) => one.kept);
  if (json) {
    const told = missing.map(({ code, message, mend }) => ({ code, message, mend }));
    printJson({ ...keptAsData(kept, viewers), given, missing: told });
    return;
  }
  reportUp(locale, ups, { json });
  reportGiven(locale, given);
  reportMissing(locale, missing);
}

function badAction(action: string): PlanError {
  const t = texts(observeTexts);
  return new PlanError({
    ...{ code: 'bad-action', exit: exitCodes.usage },
    what: t.badAction(action),
    mend: 'plan observe up|down|status',
  });
}
