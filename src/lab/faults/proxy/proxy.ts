import { createServer, type AddressInfo, type NetConnectOpts } from 'node:net';
import type { CutHow, Direction, FaultNote, Hold, HoldPoint, Proxy } from '../../../kata/faults.js';
import type { Random } from '../../../kata/lab.js';
import { until, type Patience } from '../../../history/until.js';
import type { FaultBegins, OpenFault } from '../log.js';
import { Link } from './link.js';
import { Way, type Holding } from './way.js';

export interface ProxyTarget {
  /** How the history calls it. */
  readonly name: string;
  readonly address: NetConnectOpts;
  /** The URL to hand on, once the proxy listens on a port of 127.0.0.1. */
  readonly urlAt: (port: number) => string;
}

interface ProxyConditions extends Patience {
  readonly log: FaultBegins;
  /** Of its own, for what no seed can say how often it happens: the jitter of each chunk. */
  readonly random: Random;
}

/** One that can be part of a larger fault, which is told of as one. */
export interface IsolatingProxy extends Proxy {
  /** As a black hole, and what there is of connections is reset. @returns what ends it */
  isolate(): () => void;
}

/** Listens on 127.0.0.1 and forwards to the target. */
export async function startProxy(
  target: ProxyTarget,
  conditions: ProxyConditions,
): Promise<IsolatingProxy> {
  const proxy = new TcpProxy(target, conditions);
  await proxy.listen();
  return proxy;
}

class TcpProxy implements IsolatingProxy {
  readonly #target: ProxyTarget;
  readonly #conditions: ProxyConditions;
  readonly #ways: Readonly<Record<Direction, Way>>;
  readonly #links = new Set<Link>();
  readonly #server = createServer({ allowHalfOpen: true, noDelay: true });
  /** What goes on, by what would replace it. */
  readonly #open = new Map<unknown, OpenFault>();
  #stopped: Promise<void> | undefined;
  url = '';

  constructor(target: ProxyTarget, conditions: ProxyConditions) {
    const { random } = conditions;
    this.#target = target;
    this.#conditions = conditions;
    this.#ways = { 'to-server': new Way(random), 'to-client': new Way(random) };
  }

  async listen(): Promise<void> {
    this.#server.on('connection', (client) => {
      const link: Link = new Link(client, this.#target.address, this.#ways, () =>
        this.#links.delete(link),
      );
      this.#links.add(link);
    });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve);
    });
    // Out of files: those who knock see it, and the experiment goes on.
    this.#server.on('error', () => undefined);
    this.url = this.#target.urlAt((this.#server.address() as AddressInfo).port);
  }

  get connections(): number {
    return [...this.#links].filter(({ isCut }) => !isCut).length;
  }

  delay(fault: Parameters<Proxy['delay']>[0]): void {
    for (const direction of directionsOf(fault)) {
      this.#ways[direction].delay = fault;
      this.#begin(`delay ${direction}`, 'delay', { ...fault, direction });
    }
    this.#review();
  }

  limit(fault: Parameters<Proxy['limit']>[0]): void {
    for (const direction of directionsOf(fault)) {
      this.#ways[direction].limit = fault;
      this.#begin(`limit ${direction}`, 'limit', { ...fault, direction });
    }
    this.#review();
  }

  cut(how: CutHow): void {
    this.#begin(undefined, 'cut', { how, connections: this.connections });
    for (const link of this.#links) link.cut(how);
  }

  blackHole(): void {
    for (const way of Object.values(this.#ways)) way.blackHole = true;
    this.#begin('black-hole', 'black-hole', {});
    this.#review();
  }

  isolate(): () => void {
    for (const way of Object.values(this.#ways)) way.blackHole = true;
    this.#review();
    for (const link of this.#links) link.cut('rst');
    return () => {
      for (const way of Object.values(this.#ways)) way.blackHole = false;
      this.#review();
    };
  }

  hold(direction: Direction, at?: HoldPoint): Hold {
    const way = this.#ways[direction];
    const fault = this.#conditions.log.begin({
      kind: 'hold',
      target: this.#target.name,
      detail: { direction, ...(at && { ...at, pattern: wordsOf(at.pattern) }) },
    });
    let ever = false;
    const holding: Holding = {
      at,
      toSkip: at?.skip ?? 0,
      room: at?.first ?? Number.POSITIVE_INFINITY,
      onHeld: () => {
        if (!ever) fault.reached();
        ever = true;
      },
    };
    this.#open.set(holding, fault);
    way.holds.add(holding);
    const held = (): Link[] => [...this.#links].filter((link) => link.isHeldBy(holding));
    const end = (how: 'released' | 'cut'): void => {
      way.holds.delete(holding);
      this.#open.delete(holding);
      fault.ended(how);
      this.#review();
    };
    return {
      get held() {
        return held().length;
      },
      reached: async (limitMs) => {
        const what = `bytes held back ${direction} of ${this.#target.name}`;
        return (await until(this.#conditions, what, () => ever, limitMs)) ?? false;
      },
      release: () => end('released'),
      cut: (how) => {
        for (const link of held()) link.cut(how);
        end('cut');
      },
    };
  }

  heal(): void {
    for (const way of Object.values(this.#ways)) way.clear();
    this.#endAll('healed');
    this.#review();
  }

  stop(): Promise<void> {
    this.#endAll('stopped');
    return (this.#stopped ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const link of this.#links) link.destroy();
    }));
  }

  #begin(key: string | undefined, kind: FaultNote['kind'], detail: FaultNote['detail']): void {
    this.#open.get(key)?.ended('replaced');
    const fault = this.#conditions.log.begin({ kind, target: this.#target.name, detail });
    if (key !== undefined) this.#open.set(key, fault);
  }

  #endAll(how: 'healed' | 'stopped'): void {
    for (const fault of this.#open.values()) fault.ended(how);
    this.#open.clear();
  }

  #review(): void {
    for (const link of this.#links) link.review();
  }
}

function directionsOf({ direction }: { direction?: Direction }): readonly Direction[] {
  return direction === undefined ? ['to-server', 'to-client'] : [direction];
}

function wordsOf(pattern: HoldPoint['pattern']): string {
  if (typeof pattern === 'string') return pattern;
  return pattern instanceof RegExp ? String(pattern) : `0x${pattern.toString('hex')}`;
}
