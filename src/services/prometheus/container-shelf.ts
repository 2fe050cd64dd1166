import type { Docker } from '../docker/image.js';
import { checkedName } from './shelf.js';
import type { Shelf } from './types.js';

export const shelfInside = '/etc/prometheus/shelf';

/** In a container, which no folder of this machine need be shared with. */
export class ContainerShelf implements Shelf {
  readonly #name: string;
  readonly #connect: () => Promise<Docker>;

  constructor(name: string, connect: () => Promise<Docker>) {
    this.#name = name;
    this.#connect = connect;
  }

  async write(name: string, text: string): Promise<void> {
    const file = `${shelfInside}/${checkedName(name)}`;
    await this.#run('printf %s "$1" >"$2.aside" && mv "$2.aside" "$2"', text, file);
  }

  async remove(name: string): Promise<void> {
    await this.#run('rm -f "$1"', `${shelfInside}/${checkedName(name)}`);
  }

  /** @throws the engine's error · Error where the command fails */
  async #run(script: string, ...words: string[]): Promise<void> {
    const docker = await this.#connect();
    const exec = await docker.getContainer(this.#name).exec({
      Cmd: ['sh', '-c', script, 'sh', ...words],
      // The image's own user may not write there.
      User: '0',
      ...{ AttachStdout: true, AttachStderr: true },
    });
    const stream = await exec.start({});
    let said = '';
    for await (const part of stream) said += String(part);
    const { ExitCode: code } = await exec.inspect();
    if (code !== 0) throw new Error(`${this.#name}: ${said.trim()}`);
  }
}
