import { pageTexts } from '../../i18n/page.js';
import type { Locale } from '../../i18n/text.js';
import type { ImplementationRecord, RunRecord } from '../../kata/run-record.js';
import { commandOf, machineOf, serviceOf } from '../view/environment.js';

interface Props {
  readonly locale: Locale;
  readonly record: RunRecord;
}

/** Where a run was measured, and how it is run again. */
export function Conditions({ locale, record }: Props) {
  const t = pageTexts[locale];
  const settings = record.services.flatMap((service) =>
    Object.entries(service.settings).map(([name, value]) => `${name} = ${value}`),
  );
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [t.typed, [commandOf(record)]],
    [t.folder, [record.folder]],
    [t.seed, [String(record.seed)]],
    [t.services, record.services.map(serviceOf)],
    [t.settings, settings],
    [t.programs, programsOf(locale, record)],
    [t.machine, [machineOf(locale, record.machine)]],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, values]) => values.length > 0)
        .map(([name, values]) => (
          <>
            <dt>{name}</dt>
            {values.map((value) => (
              <dd>{[t.typed, t.folder].includes(name) ? <code>{value}</code> : value}</dd>
            ))}
          </>
        ))}
    </dl>
  );
}

function programsOf(locale: Locale, { cases }: RunRecord): string[] {
  const t = pageTexts[locale];
  const told = ({ runtime, path, hash }: ImplementationRecord, role?: string): string =>
    `${role === undefined ? '' : `${role}: `}${runtime}, ${path} (${t.sources(hash.slice(0, 12))})`;
  const all = cases.flatMap(({ cast, implementation }) =>
    cast ? Object.entries(cast).map(([role, one]) => told(one, role)) : [told(implementation)],
  );
  return [...new Set(all)];
}
