import { servicesTexts } from '../../i18n/services.js';
import type { Locale } from '../../i18n/text.js';
import type { ServiceRecord } from '../../kata/run-record.js';
import { typed } from '../../base/words.js';
import { factsOf, serviceNames, serviceTitles } from '../../kata/services.js';
import { terminalColumns } from './columns.js';
import { hang } from './hang.js';
import { print, printJson, printProgress } from './output.js';
import { style } from './style.js';
import { foreignRecord } from '../view/foreign.js';

/** A kept server as the lab knows it. */
interface Kept {
  /** With its password: printed only where it is asked for. */
  readonly url: string;
  readonly record: ServiceRecord;
  readonly startedAt: string;
  readonly handle:
    | {
        readonly kind: 'process';
        readonly process: { readonly pid: number };
        readonly folder: string;
      }
    | { readonly kind: 'container'; readonly id: string };
}

interface Form {
  readonly json: boolean;
}

interface StatusForm extends Form {
  /** With passwords. */
  readonly reveal: boolean;
}

export function reportUp(
  locale: Locale,
  ups: readonly { kept: Kept; already: boolean }[],
  { json }: Form,
): void {
  const t = servicesTexts[locale];
  if (json) {
    const already = ups.every((one) => one.already);
    printJson({ already, ...byName(ups.map(({ kept }) => kept)) });
    return;
  }
  for (const { kept, already } of ups) {
    const title = titleOf(kept);
    print(
      `${style.green('✔')} ${already ? t.alreadyUp(title) : t.up(title)}\n${facts(locale, kept)}`,
    );
  }
}

export function reportDown(locale: Locale, ended: readonly Kept[], { json }: Form): void {
  const t = servicesTexts[locale];
  if (json) {
    printJson({ ended: byName(ended) });
    return;
  }
  if (ended.length === 0) print(t.nothingUp);
  for (const kept of ended) print(`${style.green('✔')} ${t.down(titleOf(kept))}`);
}

export function reportStatus(
  locale: Locale,
  states: readonly { kept: Kept | undefined; lost: Kept | undefined }[],
  { json, reveal }: StatusForm,
): void {
  const t = servicesTexts[locale];
  const running = states.flatMap(({ kept }) => kept ?? []);
  for (const lost of states.flatMap((state) => state.lost ?? []))
    printProgress(`${style.yellow('!')} ${t.keptLost(titleOf(lost))}`);
  if (json) {
    printJson(byName(running, reveal));
    return;
  }
  if (running.length === 0) print(hang(`${t.nothingUp} ${t.nothingUpMend}.`, terminalColumns()));
  for (const kept of running) print(`${titleOf(kept)}\n${facts(locale, kept, reveal)}`);
  if (running.length > 0 && !reveal) print(style.dim(t.revealed));
}

function titleOf({ record }: Kept): string {
  return serviceTitles[record.name];
}

/** Of these, by name; null where it is not kept. */
export function keptAsData(
  kept: readonly Kept[],
  names: readonly string[],
): Record<string, unknown> {
  const all = byName(kept);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** Every service has its place; null where it is not there. */
function byName(some: readonly Kept[], reveal = false): Record<string, unknown> {
  return Object.fromEntries(
    serviceNames.map((name) => {
      const kept = some.find(({ record }) => record.name === name);
      return [name, kept === undefined ? null : asData(kept, reveal)];
    }),
  );
}

function asData({ record, startedAt, handle, url }: Kept, reveal: boolean): unknown {
  const where =
    handle.kind === 'process'
      ? { pid: handle.process.pid, folder: handle.folder }
      : { container: handle.id };
  return { ...record, ...(reveal && { url }), startedAt, ...where };
}

function facts(locale: Locale, kept: Kept, reveal = false): string {
  const { record, startedAt, handle, url } = foreignRecord(kept);
  const t = servicesTexts[locale];
  const where: [string, string][] =
    handle.kind === 'process'
      ? [
          [t.process, String(handle.process.pid)],
          [t.folder, handle.folder],
        ]
      : [[t.container, handle.id]];
  const rows: [string, string][] = [
    [t.version, record.version],
    [t.provider, record.provider],
    [t.url, reveal ? url : record.url],
    ...(reveal ? doorsOf(locale, kept) : []),
    [t.since, new Date(startedAt).toLocaleString(locale)],
    ...where,
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${style.dim(name.padEnd(width))}  ${value}`).join('\n');
}

/** The command that opens it, where people have one for that. */
function doorsOf(locale: Locale, { record, url }: Kept): [string, string][] {
  const client = factsOf(record.name)?.client;
  if (client === undefined) return [];
  return [[servicesTexts[locale].lookInside, typed([...client, url])]];
}
