/** What a kata may import: the contract and its words. */
export type { Act, Acts } from './acts.js';
export { defineKata, type Kata, type Requirement } from './define.js';
export type {
  Address,
  Broker,
  BrokerFault,
  Death,
  DrainedNote,
  ObservedNote,
  Observer,
  OutgoingMessage,
  PublishAnswer,
  Published,
  Received,
} from './broker.js';
export {
  ackOnTheWire,
  confirmOnTheWire,
  refusalOnTheWire,
  type ChannelClosed,
  type DeclaredQueue,
  type Delivery,
  type Disconnected,
  type RelayedConfirm,
  type RelayedPublication,
  type Settled,
  type Tap,
} from './broker-tap.js';
export type {
  Attempt,
  DeadLetter,
  DeadLetters,
  LetterOutcome,
  ReplayOfLetters,
} from './dead-letters.js';
export { agreeing, counted, times, y } from '../i18n/words.js';

export type { Field, MessageContract, Messages } from './messages.js';
export type { CauseEvidence, Look, MysterySpec, Opening } from './mystery.js';
export type { CallContract, Calls } from './calls.js';
export { choice, integer, type OptionValues } from './options.js';
export {
  finding,
  holds,
  undecided,
  violated,
  type CheckResult,
  type Coverage,
  type Finding,
  type Margin,
  type Witness,
} from './findings.js';
export type {
  Attributes,
  AttributeValue,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanSeen,
  TelemetryNote,
} from './telemetry.js';
export type { Labels, Metrics, Sampled, Series, Span } from './metrics.js';
export type { MemoryPeak } from './memory.js';
export type { Cell, Chart, Exhibits, Moment, Transcript } from './exhibits.js';
export { countsIn, highestIn, stepOf, stepsOver } from './tracks.js';
export type { LevelTrack, StateTrack, Steps, Track, TrackPhase, Tracks } from './tracks.js';
export type {
  FaultEndedNote,
  FaultNote,
  FaultReachedNote,
  Freeze,
  FreezePoint,
  Hold,
  Proxy,
} from './faults.js';
export { isOk, isRefused, isUnknown, lineOf } from './evidence/operations.js';
export { grouped, noted, type Noted } from './evidence/notes.js';
export { drainedOf, livesOfMessages, type LifeOfMessage } from './evidence/messages.js';
export { parseMetrics, type MetricsPage, type Sample } from './evidence/metrics-page.js';
export { detailOf } from './evidence/problems.js';
export { graphsOf, type SpanGraph } from './evidence/span-graphs.js';
export { percentiles } from './evidence/percentiles.js';
export { orAsLateAs, readPulses, type Beat, type Pulses } from './evidence/pulses.js';
export { pulseBeat } from './rules/pulse-beat.js';
export { withinTolerance } from './rules/tolerance.js';
export { settlesOnce } from './rules/messaging.js';
export { inHandAtMost } from './rules/in-hand.js';
export {
  allowedIn,
  longestSeconds,
  mustPass,
  worstWindow,
  type ClientLimit,
} from './rules/client-limit.js';
export {
  everyOrderEnds,
  finalStateStays,
  givenUpInTime,
  type OverdueOrder,
} from './rules/saga/ends.js';
export { confirmedHasAll, effectOnce, rejectedKeepsNothing } from './rules/saga/effects.js';
export {
  standing,
  type Holding,
  type SagaMessage,
  type SagaStory,
  type SagaTale,
} from './rules/saga/tale.js';
export {
  correlatesWithItsOrder,
  duplicatesAreRecognisable,
  eventHasItsStateChange,
  stateChangeHasItsEvent,
} from './rules/saga/told.js';
export { crashOf, linesOf, pathOf, tellingMost } from './rules/saga/words.js';
export { History, mostUnderWay, type Operation } from './history.js';
export { outsideContract, type Answer, type ClientRequest, type Reading } from './client.js';
export {
  type Again,
  type Arrivals,
  type LoadEnd,
  type LoadKind,
  type LoadNote,
  type OpenLoad,
} from './load.js';
export { type Database, type Session, type StatementResult } from './database.js';
export {
  type Lab,
  type Program,
  type Target,
  type Upstream,
  type UpstreamAnswer,
  type UpstreamCall,
} from './lab.js';
export type {
  Behaviour,
  Dependency,
  DependencyAnswerNote,
  DependencyCallNote,
  DependencyDoorNote,
  DependencyPhase,
  DependencyPhaseNote,
  DependencyWatchNote,
  LastingPhase,
} from './dependency.js';
export {
  lengthOf,
  ramp,
  sine,
  spike,
  stairs,
  steady,
  type Profile,
  type ProfilePart,
} from './profile.js';
export { Together } from './together.js';
export type {
  PoolBegunNote,
  PoolCallNote,
  PoolEndedNote,
  PoolHangNote,
  PoolWatchNote,
  WorkerPool,
} from './worker-pool.js';
export { brokerKinds, groupName, type BrokerKind, type WorkQueue } from './work-queue.js';
export {
  sequencesOf,
  type Parties,
  type Sequence,
  type SequenceSpec,
  type Step,
} from './sequence/index.js';
export type { Text } from '../i18n/text.js';
