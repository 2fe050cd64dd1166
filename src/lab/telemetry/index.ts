import { rm } from 'node:fs/promises';
import type { Recorder } from '../../history/recorder.js';
import type { Kata } from '../../kata/define.js';
import { soleRole } from '../../kata/roles.js';
import type { SpanSeen, TelemetryNote } from '../../kata/telemetry.js';
import { Collected } from './collected.js';
import { HandOn } from './hand-on.js';
import { startReceiver, type Receiver } from './receiver.js';

/** Where the programs of one case tell of themselves, and what they have told. */
export class Telemetry {
  readonly #collected: Collected;
  readonly #receiver: Receiver;
  readonly #handOn: HandOn | undefined;
  readonly #kata: string;

  private constructor(kata: string, { collected, receiver, handOn }: Parts) {
    this.#kata = kata;
    this.#collected = collected;
    this.#receiver = receiver;
    this.#handOn = handOn;
  }

  /**
   * @param file for the spans; nothing is there yet
   * @param otlp where all is handed on to, if anywhere
   * @throws PlanError `otlp-not-taken`
   */
  static async of(kata: Kata, file: string, otlp?: string): Promise<Telemetry> {
    const handOn = otlp === undefined ? undefined : await HandOn.to(otlp);
    const collected = new Collected(file);
    try {
      const receiver = await startReceiver(collected, handOn);
      return new Telemetry(kata.id, { collected, receiver, handOn });
    } catch (error) {
      await collected.end().catch(() => undefined);
      await rm(file, { force: true });
      throw error;
    }
  }

  get spans(): readonly SpanSeen[] {
    return this.#collected.spans;
  }

  /**
   * What every SDK of OpenTelemetry reads. The queue is large enough for any load of a kata: at the
   * usual 2,048 spans an SDK drops what comes faster than it sends.
   */
  environmentOf(role: string): Record<string, string> {
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: this.#receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_SERVICE_NAME: role === soleRole ? this.#kata : role,
      OTEL_BSP_MAX_QUEUE_SIZE: '65536',
      OTEL_BSP_SCHEDULE_DELAY: '500',
    };
  }

  /** Once no program is left that could tell more. */
  async end(recorder: Recorder): Promise<void> {
    await this.#receiver.stop();
    const epochUs = Date.now() * 1_000 - recorder.since(performance.now());
    const handedOn = await this.#handOn?.end();
    const note: TelemetryNote = {
      epochUs,
      ...this.#collected.note(),
      ...(handedOn && { handedOn }),
    };
    recorder.note('telemetry', note);
    await this.#collected.end();
  }
}

interface Parts {
  readonly collected: Collected;
  readonly receiver: Receiver;
  readonly handOn: HandOn | undefined;
}
