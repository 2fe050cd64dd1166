import { maskText } from '../../base/mask.js';
import { errorMessage, exitCodes, PlanError } from '../../base/errors.js';
import { telemetryTexts } from '../../i18n/telemetry.js';
import { texts } from '../../i18n/text.js';
import type { HandedOn } from '../../kata/telemetry.js';

/** An export as it came. */
export interface Export {
  readonly signal: 'traces' | 'metrics' | 'logs';
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** What waits in memory for a collector that is slower than the programs, and how long it may take. */
const most = { bytes: 32 * 1_048_576, atOnce: 4 };
const answersWithinMs = 5_000;
const endsWithinMs = 5_000;

/**
 * Hands on what programs tell, to a collector of the user's own. Nobody waits for it: what it takes too
 * slowly is dropped, and counted.
 */
export class HandOn {
  readonly #to: string;
  readonly #waiting: Export[] = [];
  readonly #over = new AbortController();
  #bytes = 0;
  #underWay = 0;
  #taken = 0;
  #lost = 0;
  #why: string | undefined;
  #idle = (): void => undefined;

  private constructor(to: string) {
    this.#to = to;
  }

  /**
   * @param to as OTEL_EXPORTER_OTLP_ENDPOINT has it: `/v1/traces` is put behind it
   * @throws PlanError `otlp-not-taken` (exit 4) where nobody there takes an empty export
   */
  static async to(to: string): Promise<HandOn> {
    const handOn = new HandOn(to.replace(/\/+$/, ''));
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.from('{"resourceSpans":[]}');
    const why = await handOn.#send({ signal: 'traces', body, headers });
    if (why === undefined) return handOn;
    const t = texts(telemetryTexts);
    throw new PlanError({
      code: 'otlp-not-taken',
      exit: exitCodes.environment,
      what: t.notTaken(to, why),
      mend: t.notTakenMend,
    });
  }

  take(one: Export): void {
    if (this.#bytes + one.body.length > most.bytes) {
      this.#lose('it takes less than the programs tell');
      return;
    }
    this.#bytes += one.body.length;
    this.#waiting.push(one);
    this.#goOn();
  }

  /** What is still in hand has its time, and no more. */
  async end(): Promise<HandedOn> {
    const limit = setTimeout(() => this.#over.abort(), endsWithinMs);
    if (this.#underWay > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    clearTimeout(limit);
    const why = this.#why === undefined ? {} : { why: this.#why };
    return { taken: this.#taken, lost: this.#lost, ...why };
  }

  #goOn(): void {
    while (this.#underWay < most.atOnce) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#underWay += 1;
      void this.#send(next).then((why) => {
        if (why === undefined) this.#taken += 1;
        else this.#lose(why);
        this.#bytes -= next.body.length;
        this.#underWay -= 1;
        this.#goOn();
      });
    }
    if (this.#underWay === 0) this.#idle();
  }

  /** @returns why it was not taken */
  async #send({ signal, body, headers }: Export): Promise<string | undefined> {
    try {
      const answer = await fetch(`${this.#to}/v1/${signal}`, {
        ...{ method: 'POST', headers, body: new Uint8Array(body), redirect: 'error' },
        signal: AbortSignal.any([AbortSignal.timeout(answersWithinMs), this.#over.signal]),
      });
      await answer.body?.cancel();
      return answer.ok ? undefined : `HTTP ${answer.status}`;
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      return maskText(errorMessage(cause));
    }
  }

  #lose(why: string): void {
    this.#lost += 1;
    this.#why ??= why;
  }
}
