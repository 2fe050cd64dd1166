import { exitCodes, PlanError, type ExitCode } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { servicesTexts } from '../i18n/services.js';
import { getLocale, texts } from '../i18n/text.js';
import type { ProviderName } from '../kata/run-record.js';
import { serviceNames, services as facts, type ServiceName } from '../kata/services.js';
import { readKept } from '../register/kept.js';
import { keepDown, keepUp } from '../services/kept/up-down.js';
import { findKept } from '../services/kept/find.js';
import { printProgress } from '../report/terminal/output.js';
import { reportDown, reportStatus, reportUp } from '../report/terminal/services.js';
import { interruptible } from './interrupt.js';

interface Options {
  services?: ProviderName;
  json?: boolean;
  reveal?: boolean;
}

/** `plan services up|down|status [service …]`; all of them where none is named. */
export async function services(
  action: string,
  wanted: readonly string[],
  options: Options,
): Promise<ExitCode> {
  const { json = false, reveal = false } = options;
  if (reveal && action !== 'status') throw revealsStatus();
  const names = wanted.length === 0 ? serviceNames : wanted.map((word) => serviceOf(word, action));
  switch (action) {
    case 'up':
      reportUp(getLocale(), await up(wanted.length === 0 ? undefined : names, options), { json });
      tellOfGiven(names);
      break;
    case 'down':
      reportDown(getLocale(), await keepDown(names), { json });
      break;
    case 'status':
      reportStatus(getLocale(), await Promise.all(names.map(findKept)), { json, reveal });
      tellOfGiven(names);
      break;
    default:
      throw badAction(action);
  }
  return exitCodes.ok;
}

/** What is kept is not what a run takes where a server is given. */
function tellOfGiven(names: readonly ServiceName[]): void {
  for (const name of names) {
    const { title, variable } = facts[name];
    const isPassedOver = Boolean(process.env[variable]) && readKept(name) !== undefined;
    if (isPassedOver) printProgress(texts(servicesTexts).givenFirst(variable, title));
  }
}

function up(
  names: readonly ServiceName[] | undefined,
  { services: force }: Options,
): ReturnType<typeof keepUp> {
  const { signal } = interruptible();
  return keepUp(names, { force, env: process.env, signal, onProgress: printProgress });
}

function revealsStatus(): PlanError {
  return new PlanError({
    code: 'bad-option',
    exit: exitCodes.usage,
    what: texts(servicesTexts).revealsStatus,
    mend: 'plan services status --reveal',
  });
}

function badAction(action: string): PlanError {
  const t = texts(servicesTexts);
  return new PlanError({
    code: 'bad-action',
    exit: exitCodes.usage,
    what: t.badAction(action),
    mend: t.badActionMend,
  });
}

function serviceOf(word: string, action: string): ServiceName {
  const name = serviceNames.find((one) => one === word.toLowerCase());
  if (name !== undefined) return name;
  const asked = ['up', 'down'].includes(action) ? action : 'status';
  const t = texts(servicesTexts);
  throw new PlanError({
    code: 'bad-service',
    exit: exitCodes.usage,
    what: t.badService(word, serviceNames.join(', ')),
    mend: `plan services ${asked} ${nearest(word, serviceNames) ?? serviceNames[0]}`,
  });
}
