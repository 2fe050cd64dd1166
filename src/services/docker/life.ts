import { dockerTexts } from '../../i18n/docker.js';
import { texts } from '../../i18n/text.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import { engineMessage, type Docker } from './image.js';

/** Watches over a container, and tells of an end that nobody asked for. */
export class ContainerLife {
  readonly died: Promise<Error>;
  readonly #docker: Docker;
  readonly #name: string;
  readonly #service: ServiceName;
  readonly #forgotten = new AbortController();
  #tell: (error: Error) => void = () => undefined;
  /** Counts the starts: of an end that was asked for, the watch has nothing to say. */
  #watched = 0;

  /** @param kept it outlives this program, which would not end while it waits for it */
  constructor(docker: Docker, name: string, service: ServiceName, kept: boolean) {
    this.#docker = docker;
    this.#name = name;
    this.#service = service;
    this.died = new Promise((resolve) => (this.#tell = resolve));
    if (!kept) this.watch();
  }

  /** From now on its end is asked for. */
  expectEnd(): void {
    this.#watched += 1;
  }

  /** It runs again. */
  watch(): void {
    this.#watched += 1;
    const mine = this.#watched;
    const isMeant = (): boolean => this.#forgotten.signal.aborted || this.#watched !== mine;
    this.#end().then(
      (error) => {
        if (!isMeant()) this.#tell(error);
      },
      (error: unknown) => {
        if (!isMeant()) this.#tell(new Error(engineMessage(error), { cause: error }));
      },
    );
  }

  /** Nobody waits for it any more. */
  forget(): void {
    this.#forgotten.abort();
  }

  async #end(): Promise<Error> {
    const container = this.#docker.getContainer(this.#name);
    const waited: unknown = await container.wait({ abortSignal: this.#forgotten.signal });
    const { StatusCode: code } = waited as { StatusCode: number };
    const { lastLines } = await import('./container.js');
    const log = await lastLines(this.#docker, this.#name);
    const t = texts(dockerTexts);
    const what = t.died(serviceTitles[this.#service], code);
    return new Error(log === '' ? what : `${what}\n${t.lastLines}\n${log}`);
  }
}
