import { journalTexts } from '../../i18n/journal.js';
import type { Locale } from '../../i18n/text.js';
import type { Machine, RunRecord, ServiceRecord } from '../../kata/run-record.js';
import { serviceTitles } from '../../kata/services.js';
import { runtimesOf } from './rows.js';

/** Where a run was measured: services with their settings, programs, the machine. */
export function environmentOf(locale: Locale, { services, cases, machine }: RunRecord): string {
  const settings = services.flatMap((service) =>
    Object.entries(service.settings).map(([name, value]) => `${name} = ${value}`),
  );
  const runtimes = runtimesOf(locale, cases);
  return [...services.map(serviceOf), ...settings, ...runtimes, machineOf(locale, machine)].join(
    ', ',
  );
}

/** `PostgreSQL 18.4 (embedded)` */
export function serviceOf({ name, version, provider }: ServiceRecord): string {
  return `${serviceTitles[name]} ${version} (${provider})`;
}

export function machineOf(
  locale: Locale,
  { platform, release, cpu, cores, memory }: Machine,
): string {
  const t = journalTexts[locale];
  const gigabytes = (memory / 1024 ** 3).toFixed(memory < 10 * 1024 ** 3 ? 1 : 0);
  return `${platform} ${release}, ${cpu.trim()} (${t.cores(cores)}), ${t.memory(gigabytes)}`;
}

/** `2026-11-24 10:15 UTC` */
export function whenOf({ startedAt }: RunRecord): string {
  return `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC`;
}

/** As it can be typed again. */
export function commandOf({ command }: RunRecord): string {
  const words = command.map((word) => (/^[\w./:=@,+-]+$/.test(word) ? word : quoted(word)));
  return ['plan', ...words].join(' ');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
