import type { Lab, Upstream, UpstreamAnswer, UpstreamCall } from '../../../src/kata/index.js';
import { shipmentIn, type Cast, type Kind, type Refusal } from '../contract.js';
import type { Answered } from '../notes.js';

/** How often the warehouse says no before it says yes. */
const refusals: Readonly<Record<Kind, number>> = {
  good: 0,
  late: 2,
  stubborn: 3,
  refused: Number.POSITIVE_INFINITY,
  unreadable: Number.POSITIVE_INFINITY,
};

/** The service behind the workers, played by the experiment: it ships, or says why not. */
export class Warehouse {
  readonly #lab: Lab;
  /** By shipment. */
  readonly #cast = new Map<string, Cast>();
  readonly #called = new Map<string, number>();
  readonly #done = new Set<string>();
  readonly #gates = new Map<string, Gate>();
  #upstream: Upstream | undefined;

  private constructor(lab: Lab) {
    this.#lab = lab;
  }

  static async open(lab: Lab): Promise<Warehouse> {
    const warehouse = new Warehouse(lab);
    warehouse.#upstream = await lab.upstream((call) => warehouse.#answer(call));
    return warehouse;
  }

  get url(): string {
    return this.#upstream?.url ?? '';
  }

  get calls(): number {
    return this.#upstream?.calls.length ?? 0;
  }

  expect(cast: readonly Cast[]): void {
    for (const one of cast) if (one.shipment !== undefined) this.#cast.set(one.shipment, one);
  }

  hasShipped({ shipment }: Cast): boolean {
    return shipment !== undefined && this.#done.has(shipment);
  }

  isAsked({ shipment }: Cast): boolean {
    return shipment !== undefined && this.#called.has(shipment);
  }

  /** The most calls that any one shipment had. */
  get mostCalls(): number {
    return Math.max(0, ...this.#called.values());
  }

  /** Holds the answer of this attempt (counted from 1), or of all, at each of these. */
  hold(cast: readonly Cast[], attempt: number | 'all'): Held {
    let open: (isOver: boolean) => void = () => undefined;
    const opened = new Promise<boolean>((resolve) => (open = resolve));
    const gate: Gate = { attempt, opened, held: 0 };
    for (const { shipment } of cast) if (shipment !== undefined) this.#gates.set(shipment, gate);
    const end = (isOver: boolean): void => {
      for (const { shipment } of cast) if (shipment !== undefined) this.#gates.delete(shipment);
      open(isOver);
    };
    return {
      get count() {
        return gate.held;
      },
      release: () => end(false),
      drop: () => end(true),
    };
  }

  async #answer(call: UpstreamCall): Promise<UpstreamAnswer> {
    const shipment = shipmentIn(call);
    const asked = this.#cast.get(shipment ?? '');
    if (!asked || shipment === undefined) return this.#say(call, '', 0, unknownShipment);
    const attempt = (this.#called.get(shipment) ?? 0) + 1;
    this.#called.set(shipment, attempt);
    const gate = this.#gates.get(shipment);
    if (gate && (gate.attempt === 'all' || gate.attempt === attempt)) {
      gate.held += 1;
      if (await gate.opened) return this.#say(call, shipment, attempt, nobodyListens);
    }
    const isRefused = attempt <= refusals[asked.kind];
    if (!isRefused) this.#done.add(shipment);
    const answer = isRefused ? refusalOf(asked) : { status: 201, body: { id: shipment } };
    return this.#say(call, shipment, attempt, answer);
  }

  #say({ n }: UpstreamCall, shipment: string, attempt: number, answer: Answer): Answer {
    const { status, body } = answer;
    const error = body.error;
    const told = { n, shipment, attempt, status, ...(error !== undefined && { error }) };
    this.#lab.note('answered', told satisfies Answered);
    return answer;
  }
}

/** Answers that wait. */
export interface Held {
  readonly count: number;
  release(): void;
  /** Whoever had asked is dead: nothing is shipped, and no attempt was made. */
  drop(): void;
}

interface Gate {
  readonly attempt: number | 'all';
  /** Whether nobody waits for the answer any more. */
  readonly opened: Promise<boolean>;
  held: number;
}

type Answer = UpstreamAnswer & { readonly body: { id?: string; error?: string } };

const unknownShipment: Answer = { status: 400, body: { error: 'no such shipment' } };

const nobodyListens: Answer = { status: 503, body: { error: 'the caller has hung up' } };

function refusalOf({ refusal }: Cast): Answer {
  const { status, error } = refusal ?? unknownAddress;
  return { status, body: { error } };
}

/** Of what is sent once more with `plan dlq`. */
const unknownAddress: Refusal = { status: 500, error: 'unknown address' };
