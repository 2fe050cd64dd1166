import type { Scene } from './contract.js';

/** Read from the database once the program has ended. */
export interface Charge {
  readonly id: string;
  readonly client: string;
  readonly order: string;
  readonly amount: number;
}

/** Whether what a scene is about did happen. */
export interface SceneNote {
  readonly scene: Scene;
  readonly met: boolean;
}
