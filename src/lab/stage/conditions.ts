import type { Kata } from '../../kata/define.js';
import type { Expectation } from '../../kata/findings.js';
import type { OptionValues } from '../../kata/options.js';
import type { Built } from '../implementation/index.js';
import type { OwnServices } from '../../services/own.js';
import type { LatencyRecorder } from '../measure/latency.js';
import type { Recorder } from '../../history/recorder.js';
import type { Turns } from './turns.js';

/** One case to run: a strategy, option values, and what is expected of it. */
export interface PlannedCase {
  readonly index: number;
  readonly slug: string;
  readonly strategy: string;
  readonly repetition: number;
  readonly options: OptionValues;
  readonly acts?: readonly string[];
  /** They are those that this case of the lesson is about: nobody asked for less. */
  readonly taught?: true;
  /** A tap listens to its databases: its times are no measure. */
  readonly explain?: true;
  /** Where what its programs tell is handed on to. */
  readonly otlp?: string;
  readonly expected: Expectation;
}

/** What one experiment runs with, and what takes down how it went. */
export interface Conditions extends OwnServices {
  readonly kata: Kata;
  readonly planned: PlannedCase;
  /** By role; empty where the lab plays all parts itself. */
  readonly built: ReadonlyMap<string, Built>;
  /** Absolute path; stdout and stderr of a role's programs go there. */
  readonly logFile: (role: string) => string;
  /** Absolute path; what they tell of themselves goes there, of a kata with telemetry. */
  readonly spansFile: string;
  /** The servers' processes; undefined where they are not all of this machine, and known. */
  readonly servers: readonly number[] | undefined;
  readonly seed: number;
  readonly recorder: Recorder;
  readonly latency: LatencyRecorder;
  readonly signal: AbortSignal;
  /** The case only waits from now on: the next may begin. */
  readonly onOnlyWaiting: () => void;
  /** Shared with the other cases of the run. */
  readonly turns: Turns;
}
