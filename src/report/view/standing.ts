import { runTexts } from '../../i18n/run.js';
import type { Locale } from '../../i18n/text.js';
import type { ActNote } from '../../kata/acts.js';
import type { Kata } from '../../kata/define.js';
import type { HistoryEvent } from '../../kata/history.js';

/** A case as it begins. */
export interface CaseBegun {
  readonly kata: Pick<Kata, 'acts' | 'requirements'>;
  readonly planned: { readonly index: number; readonly acts?: readonly string[] };
}

/**
 * Follows the acts of a kata with requirements: which act it is, and of each requirement how many of the
 * acts that can break it were played so far. Whether it is met, the end alone can say.
 * @returns undefined for a kata without, and for an event that begins no act
 */
export function followStanding(
  locale: Locale,
  { kata, planned }: CaseBegun,
): (event: HistoryEvent) => string | undefined {
  const { acts = {}, requirements = [] } = kata;
  const names = Object.keys(acts).filter((name) => planned.acts?.includes(name) ?? true);
  const tries = requirements.map(({ rules }) =>
    names.filter((name) => acts[name]?.breaks.some((rule) => rules.includes(rule))),
  );
  const played = new Set<string>();
  return (event) => {
    if (event.type !== 'note' || event.case !== planned.index) return undefined;
    const { act } = (event.value ?? {}) as Partial<ActNote>;
    if (act === undefined || requirements.length === 0) return undefined;
    if (event.f === 'act-ended') played.add(act);
    if (event.f !== 'act-began') return undefined;
    const told = tries.flatMap((own, n) =>
      own.length === 0
        ? []
        : [`R${n + 1} ${own.filter((name) => played.has(name)).length}/${own.length}`],
    );
    const title = acts[act]?.title[locale] ?? act;
    return runTexts[locale].standing(`${names.indexOf(act) + 1}/${names.length}`, title, told);
  };
}
