import { expect, it } from 'vitest';
import { fromPs } from './marked.js';

it('reads what ps of macOS says, and takes nobody for ours who is not', () => {
  const nonce = '0123456789abcdef'.repeat(2);
  const began = Date.UTC(2026, 10, 29, 1, 16, 32) / 1000;
  const line = (pid: number, rest: string): string =>
    `${pid} S    Sun Nov 29 01:16:32 2026     node worker.js ${rest}`;
  const said = [
    line(40, `PATH=/bin PLAN_RUN=${nonce} HOME=/root`),
    line(41, `PATH=/bin PLAN_RUN=${nonce}0 HOME=/root`),
    line(42, `PATH=/bin NO_PLAN_RUN=${nonce}`),
    line(43, `PLAN_RUN=${nonce}`),
    line(44, `PLAN_RUN=${nonce}`).replace(' S ', ' Z '),
  ].join('\n');
  const pids = (since: number): number[] =>
    fromPs(said, { nonce, since: String(since) }).map(({ pid }) => pid);
  expect(pids(began)).toEqual([40, 43]);
  expect(pids(began + 1)).toEqual([]);
});
