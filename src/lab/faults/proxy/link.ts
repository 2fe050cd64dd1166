import { Socket, type NetConnectOpts } from 'node:net';
import type { CutHow, Direction } from '../../../kata/faults.js';
import { reset } from '../../../base/reset.js';
import { Lane } from './lane.js';
import type { Holding, Way } from './way.js';

/** How long a closed connection may take to be closed by the other end too. */
const goodbyeMs = 1_000;

/** One connection through the proxy: a socket to either end, a lane in either direction. */
export class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #address: NetConnectOpts;
  readonly #ways: Readonly<Record<Direction, Way>>;
  readonly #lanes: Readonly<Record<Direction, Lane>>;
  #asked = false;
  #isCut = false;

  /** @param onGone both sockets are closed */
  constructor(
    client: Socket,
    address: NetConnectOpts,
    ways: Readonly<Record<Direction, Way>>,
    onGone: () => void,
  ) {
    this.#client = client;
    this.#server = new Socket({ allowHalfOpen: true }).setNoDelay(true);
    this.#address = address;
    this.#ways = ways;
    this.#lanes = {
      'to-server': new Lane(client, this.#server, ways['to-server']),
      'to-client': new Lane(this.#server, client, ways['to-client']),
    };
    let open = 2;
    const oneLess = (): void => {
      open -= 1;
      if (open > 0) return;
      for (const lane of Object.values(this.#lanes)) lane.dispose();
      onGone();
    };
    client.once('close', oneLess);
    this.#server.once('close', oneLess);
    this.review();
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  isHeldBy(holding: Holding): boolean {
    return Object.values(this.#lanes).some(({ heldBy }) => heldBy === holding);
  }

  /** The faults have changed. */
  review(): void {
    if (this.#isCut) return;
    if (!this.#asked && !this.#ways['to-server'].blackHole) {
      this.#asked = true;
      this.#server.connect(this.#address);
    }
    for (const lane of Object.values(this.#lanes)) lane.review();
  }

  /** What is under way is lost. */
  cut(how: CutHow): void {
    if (this.#isCut) return;
    this.#isCut = true;
    for (const lane of Object.values(this.#lanes)) lane.discard();
    for (const socket of [this.#client, this.#server]) {
      if (!this.#asked && socket === this.#server) socket.destroy();
      else if (how === 'rst') reset(socket);
      else endInOrder(socket);
    }
  }

  /** At once, however. */
  destroy(): void {
    for (const lane of Object.values(this.#lanes)) lane.discard();
    this.#client.destroy();
    this.#server.destroy();
  }
}

/** Closing a socket that has unread bytes would send RST, so FIN goes first. */
function endInOrder(socket: Socket): void {
  socket.end();
  const late = setTimeout(() => socket.destroy(), goodbyeMs);
  late.unref();
  socket.once('close', () => clearTimeout(late));
}
