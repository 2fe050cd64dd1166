/** What a kata may import: the contract and its words. */
export { defineKata, type Kata } from './define.js';
export type {
  Address,
  Broker,
  ChannelClosed,
  Death,
  Delivery,
  Disconnected,
  DrainedNote,
  ObservedNote,
  Observer,
  OutgoingMessage,
  PublishAnswer,
  Published,
  Received,
  RelayedConfirm,
  RelayedPublication,
  Settled,
  Tap,
} from './broker.js';
export { choice, integer, type OptionValues } from './options.js';
export {
  finding,
  holds,
  violated,
  type CheckResult,
  type Coverage,
  type Finding,
  type Witness,
} from './findings.js';
export type { FaultEndedNote, FaultNote, FaultReachedNote, Freeze, Hold, Proxy } from './faults.js';
export { History, mostUnderWay, type Operation } from './history.js';
export {
  outsideContract,
  type Answer,
  type Arrivals,
  type ClientRequest,
  type Lab,
  type LoadNote,
  type Program,
  type Reading,
  type Session,
  type Target,
  type Upstream,
  type UpstreamCall,
} from './lab.js';
export type { Text } from '../i18n/text.js';
