import { bashCompletion } from './completion/bash.js';
import { fishCompletion } from './completion/fish.js';
import type { CompletionModel } from './completion/model.js';
import { zshCompletion } from './completion/zsh.js';
import { print } from './output.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export function reportCompletion(shell: Shell, model: CompletionModel): void {
  print(scripts[shell](model));
}
