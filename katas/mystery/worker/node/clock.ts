/** A machine whose clock is off: what it tells of a moment (spans, lines) is off by as much. */
export function turnClock(ms: number): void {
  if (ms === 0) return;
  const right = Date.now;
  Date.now = () => right() + ms;
}
