import chalk from 'chalk';
import { servicesTexts } from '../i18n/services.js';
import { getLocale, texts } from '../i18n/text.js';
import type { ServiceRecord } from '../kata/run-record.js';
import { print, printJson, printProgress } from './output.js';

/** A kept server as the lab knows it; its `url` has the password and is never printed. */
interface Kept {
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

export function reportUp(
  { kept, already }: { kept: Kept; already: boolean },
  { json }: Form,
): void {
  const t = texts(servicesTexts);
  if (json) {
    printJson({ already, postgres: asData(kept) });
    return;
  }
  print(`${chalk.green('✔')} ${already ? t.alreadyUp : t.up}\n${facts(kept)}`);
}

export function reportDown(kept: Kept | undefined, { json }: Form): void {
  const t = texts(servicesTexts);
  if (json) {
    printJson({ ended: kept === undefined ? null : asData(kept) });
    return;
  }
  print(kept === undefined ? t.nothingUp : `${chalk.green('✔')} ${t.down}`);
}

export function reportStatus(
  { kept, lost }: { kept: Kept | undefined; lost: Kept | undefined },
  { json }: Form,
): void {
  const t = texts(servicesTexts);
  if (lost !== undefined) printProgress(`${chalk.yellow('!')} ${t.keptLost}`);
  if (json) {
    printJson({ postgres: kept === undefined ? null : asData(kept) });
    return;
  }
  print(kept === undefined ? `${t.nothingUp} ${t.nothingUpMend}.` : `PostgreSQL\n${facts(kept)}`);
}

function asData({ record, startedAt, handle }: Kept): unknown {
  const where =
    handle.kind === 'process'
      ? { pid: handle.process.pid, folder: handle.folder }
      : { container: handle.id };
  return { ...record, startedAt, ...where };
}

function facts({ record, startedAt, handle }: Kept): string {
  const t = texts(servicesTexts);
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
    [t.url, record.url],
    [t.since, new Date(startedAt).toLocaleString(getLocale())],
    ...where,
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${chalk.dim(name.padEnd(width))}  ${value}`).join('\n');
}
