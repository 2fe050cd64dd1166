import type { ServiceName } from '../../kata/services.js';

/** What people look with, and no verdict needs: a page of its own, kept by `plan observe up`. */
export interface Viewer {
  readonly name: ServiceName;
  /** `JAEGER_URL` */
  readonly variable: string;
  readonly image: { readonly variable: string; readonly usual: string };
  /** What its program is called, and what Homebrew calls it; undefined where nobody packs it. */
  readonly programs: readonly string[];
  readonly brew: string;
  /** Ports that it takes beside that of its page. */
  readonly otherPorts: number;
  readonly prepare: (making: Making) => Prepared;
  /** Asks who it is, with the password where it has one. @throws while it does not answer */
  readonly versionAt: (url: string) => Promise<string>;
  readonly refusesUs: (url: string) => Promise<boolean>;
}

export interface Making {
  /** Where its files lie, as it sees that, and where it may write. */
  readonly folder: string;
  readonly data: string;
  /** Its page's first. */
  readonly ports: readonly number[];
  readonly password: string;
  /** Of this machine; undefined in a container. */
  readonly program?: string;
}

export interface Prepared {
  /** Below the folder, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Of its page, with the password. */
  readonly url: string;
  /** What else is worth knowing, such as where it takes spans. */
  readonly settings: Readonly<Record<string, string>>;
}
