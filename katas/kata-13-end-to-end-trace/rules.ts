import type { CheckResult, History, OptionValues } from '../../src/kata/index.js';
import { figures } from './figures.js';
import {
  invalidIsReplaced,
  clientsContextGoesOn,
  notSampledIsHandedOn,
  notSampledIsNotExported,
} from './rules/contexts.js';
import { coverage } from './rules/coverage.js';
import { oneGraphARequest, nothingIsLostAtShutdown } from './rules/graphs.js';
import { requestIdEverywhere, logsAreJson } from './rules/ids.js';
import {
  labelsAreBounded,
  metricsAreWellFormed,
  metricsEqualWhatWasSent,
} from './rules/metrics.js';
import { errorsAreMarked, redeliveryIsASpan } from './rules/failures.js';
import { outagePages, sliAgrees, sloCoverage, spikePagesNobody } from './rules/slo.js';
import { answersOnceItIsSafe, everyOrderIsStored } from './rules/stored.js';
import { insideIsWithinOutside, slowStatementShows } from './rules/times.js';
import { tracksOf } from './contract/tracks.js';
import { readStory } from './story.js';

/** Pure: what the programs told of themselves, against what the lab sent and saw. */
export function check(
  history: History,
  { requests, slo: asked }: Pick<OptionValues, 'requests'> & Partial<Pick<OptionValues, 'slo'>>,
): CheckResult {
  const story = readStory(history);
  const { slo } = story;
  const told = figures(story);
  return {
    findings: [
      everyOrderIsStored(story),
      answersOnceItIsSafe(story),
      oneGraphARequest(story),
      clientsContextGoesOn(story),
      invalidIsReplaced(story),
      notSampledIsNotExported(story),
      notSampledIsHandedOn(story),
      requestIdEverywhere(story),
      logsAreJson(story),
      errorsAreMarked(story),
      redeliveryIsASpan(story),
      nothingIsLostAtShutdown(story),
      metricsEqualWhatWasSent(story),
      metricsAreWellFormed(story),
      labelsAreBounded(story),
      insideIsWithinOutside(story),
      slowStatementShows(story),
      ...(slo ? [sliAgrees(slo), outagePages(slo), spikePagesNobody(slo)] : []),
    ],
    coverage: [
      ...coverage(story, Number(requests)),
      ...(asked === 'on' || story.isEmpty ? sloCoverage(slo) : []),
    ],
    figures: told,
    ...(story.panels && { tracks: tracksOf(story.panels, told) }),
  };
}
