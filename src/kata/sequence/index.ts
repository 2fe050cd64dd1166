export { sequencesOf, tellingSequence } from './sequences.js';
export {
  client,
  type CallEndedNote,
  type CallNote,
  type EffectNote,
  type Parties,
  type Sequence,
  type SequenceSpec,
  type Step,
  type WatchedTable,
} from './types.js';
