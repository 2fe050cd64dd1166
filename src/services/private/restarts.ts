import type { Broker, BrokerFault } from '../../kata/broker.js';
import type { Recorder } from '../../history/recorder.js';

/** Of the broker as a process. Each @throws PlanError where it is a server of others. */
export type BrokerControl = Pick<Broker, 'kill' | 'stop' | 'start'>;

interface Conditions {
  /** Of a server of others, whose end nobody may ask for: not possible. */
  readonly control: BrokerControl & { readonly possible?: boolean };
  readonly recorder: Recorder;
}

/** The faults that end a broker, whichever it is, with their notes. */
export function restarts({ control, recorder }: Conditions): BrokerControl {
  return {
    async kill() {
      if (control.possible !== false) noteOf(recorder, 'broker-killed');
      await control.kill();
    },
    async stop() {
      if (control.possible !== false) noteOf(recorder, 'broker-stopped');
      await control.stop();
    },
    async start() {
      await control.start();
      noteOf(recorder, 'broker-started');
    },
  };
}

export function noteOf(
  recorder: Recorder,
  kind: BrokerFault['kind'],
  detail: BrokerFault['detail'] = {},
): void {
  recorder.note('fault', { kind, target: 'broker', detail } satisfies BrokerFault);
}
