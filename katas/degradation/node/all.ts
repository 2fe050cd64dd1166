import type { Guard } from './guards.js';

/** All of them in turn; who is refused by one has left those before it. */
export function allOf(...guards: readonly Guard[]): Guard {
  return (asking) => {
    const leaves: (() => void)[] = [];
    const leave = (): void => leaves.forEach((one) => one());
    for (const guard of guards) {
      const admission = guard(asking);
      if ('refused' in admission) {
        leave();
        return admission;
      }
      leaves.push(admission.leave);
    }
    return { leave };
  };
}
