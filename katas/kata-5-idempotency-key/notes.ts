import type { Scene } from './contract.js';

/** Read from the database once the program has ended. */
export interface Charge {
  readonly id: string;
  readonly client: string;
  readonly order: string;
  readonly amount: number;
}

/** Note `unclear-key`: it came again so late that it may have expired or not. */
export interface UnclearKey {
  readonly key: string;
  readonly order: string;
}

/** Whether what a scene is about did happen. */
export interface SceneNote {
  readonly scene: Scene;
  readonly met: boolean;
}
