import { compareTexts } from '../../i18n/compare.js';
import type { Locale } from '../../i18n/text.js';
import type { Kata } from '../../kata/define.js';
import type { LatencyCurve } from '../../kata/run-record.js';
import type { ComparedCase } from '../view/comparison.js';
import { curveSvg } from './curve-svg.js';
import { languageNames } from '../view/sides.js';

/** The latency curves of one case as SVG. @param curves of each side, one a round */
export function pictureOf(
  locale: Locale,
  kata: Kata,
  { name, sides }: ComparedCase,
  curves: readonly (readonly LatencyCurve[])[],
): string {
  const t = compareTexts[locale];
  const rounds = Math.max(1, ...sides.map(({ row }) => row.cases.length));
  const number = kata.id.replace('kata-', 'Kata ');
  return curveSvg({
    title: t.curveTitle(number, name),
    note: `${kata.title[locale]} · ${t.curveNote(rounds)}`,
    latencyAxis: t.latencyAxis,
    percentileAxis: t.percentileAxis,
    sides: sides.map(({ language, row }, at) => ({
      label: languageNames[language] ?? language,
      rounds: curves[at] ?? [],
      n: Math.min(...row.cases.flatMap(({ latency }) => latency?.n ?? [])),
    })),
  });
}
