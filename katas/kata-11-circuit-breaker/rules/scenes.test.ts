import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answered, Scene } from '../notes.js';
import type { Request } from '../story.js';
import { worstShare } from './share.js';
import {
  every,
  failed,
  live,
  rejected,
  timedOut,
  times,
  Told,
  type Call,
} from './scenes.histories.js';

describe('with no reason to open', () => {
  const spared = (scene: Scene, call: Call): Told =>
    every(new Told(scene), times(0, 12, 10), call).ask(200);

  it('catches who rejects while few calls fail, unless one may have seemed slow', () => {
    expect(spared('healthy', live).found().broken).toEqual(['healthy-is-let-through']);
    const failing = every(new Told('healthy'), times(0, 12, 10), failed).ask(200);
    expect(failing.found()).toEqual({ broken: [], undecided: ['healthy-is-let-through'] });
    const slow = new Told('healthy').ask(0, { call: live, tookMs: 1_600 }).ask(1_700);
    expect(slow.found()).toEqual({ broken: [], undecided: ['healthy-is-let-through'] });
  });

  it('catches who rejects where few come, and cannot tell where as many came as it takes', () => {
    expect(spared('low-volume', failed).found().broken).toEqual(['few-calls-open-nothing']);
    const many = every(new Told('low-volume'), times(0, 20, 10), failed).ask(300);
    expect(many.found()).toEqual({ broken: [], undecided: ['few-calls-open-nothing'] });
  });

  it('catches who takes a 404 for a failure', () => {
    expect(spared('client-errors', { status: 404 }).found().broken).toEqual([
      'client-errors-open-nothing',
    ]);
  });

  it('catches who closes the way to the other dependency, or opens for no broken connection', () => {
    const apart = new Told('neighbours').ask(0, { kind: 'rates', call: live });
    expect(apart.ask(50, { kind: 'rates' }).found().broken).toContain('neighbours-are-apart');
    const never = (apartMs: number): Told =>
      every(new Told('neighbours'), times(0, 1_250 / apartMs, apartMs), { status: 'refused' });
    expect(never(12.5).found().broken).toEqual(['opens-when-failing']);
    // As many as it takes may never have been in a window, where the lab was late to ask.
    expect(never(20).found()).toEqual({ broken: [], undecided: ['opens-when-failing'] });
    // Nor did they end within it, where this machine answered a second later.
    const late = times(0, 100, 12.5).reduce<Told>(
      (told, at) => told.ask(at, { call: { status: 'refused' }, tookMs: 1_000 }),
      new Told('neighbours'),
    );
    expect(late.found()).toEqual({ broken: [], undecided: ['opens-when-failing'] });
  });

  it('catches who lets one dependency wait for the other', () => {
    const beside = (tookMs: number): Told =>
      times(100, 20, 10).reduce<Told>(
        (all, at) => all.ask(at, { kind: 'rates', call: live, tookMs }),
        every(new Told('neighbour-stuck'), times(0, 60, 5), timedOut),
      );
    expect(beside(20).found().broken).toEqual([]);
    expect(beside(300).found().broken).toEqual(['neighbours-are-apart']);
  });

  it('catches who never opens though all fail that have to', () => {
    const all = (apart: number) => every(new Told('unknown'), times(0, 80, apart), failed);
    expect(all(16).found().broken).toEqual(['opens-when-failing']);
    expect(all(8).found().broken).toEqual([]);
  });
});

describe('slow calls', () => {
  const slow: Call = { status: 200, price: 1, takesMs: 300 };

  it('have to open it, and slow probes to open it again', () => {
    const never = every(new Told('slow').phase(0, 'partly-slow'), times(0, 160, 10), slow);
    expect(never.found().broken).toEqual(['slow-calls-count']);
    const opened = () =>
      every(new Told('slow').phase(0, 'partly-slow'), times(0, 40, 10), slow)
        .phase(405, 'slow')
        .ask(410)
        .ask(700);
    expect(every(opened(), [920, 925, 1720], slow).found().broken).toEqual([]);
    expect(every(opened(), [920, 925, 1225], slow).found().broken).toEqual([
      'failed-probe-reopens',
    ]);
  });
});

describe('what comes of calls from before', () => {
  const late = (): Told =>
    every(new Told('late').ask(0, { call: { ...live, takesMs: 180 } }), times(1, 12, 2), failed)
      .ask(26, { call: timedOut })
      .ask(40);

  it('closes nothing, and makes no open time longer', () => {
    expect(late().ask(540, { call: failed }).found().broken).toEqual([]);
    expect(late().ask(190, { call: failed }).found().broken).toEqual([
      'late-answers-change-nothing',
    ]);
    const inVain = (ms: number) =>
      late()
        .ask(ms)
        .ask(ms + 10, { call: failed });
    expect(inVain(930).found().broken).toEqual(['asks-again-when-due']);
    expect(inVain(620).found().broken).toEqual([]);
    // It was tried for one that had waited since before it was known to be open.
    const behind = (wayMs: number) =>
      late()
        .ask(39, { call: { ...failed, wayMs }, tookMs: 930 })
        .ask(980);
    expect(behind(600).found().broken).toEqual([]);
    expect(behind(960).found().broken).toEqual(['asks-again-when-due']);
    // Nobody asked in between.
    expect(late().ask(930, { call: failed }).found().broken).toEqual([]);
  });

  it('is seen where a program that is behind keeps what was sent first', () => {
    const behind = (): Told =>
      every(new Told('late').ask(0, { tookMs: 300 }), times(1, 12, 2), {
        ...failed,
        wayMs: 250,
      }).ask(25, { call: { ...live, wayMs: 250, takesMs: 180 } });
    expect(behind().ask(540, { call: failed }).found().broken).toEqual([]);
    expect(behind().ask(460, { call: failed }).found().broken).toEqual([
      'late-answers-change-nothing',
    ]);
  });

  it('blames nobody whose rejections take longer to come than it is open', () => {
    const slow = every(new Told('late'), times(1, 12, 2), failed).ask(40, { tookMs: 860 });
    const closed = every(slow, [545, 546, 547], live).ask(910, { call: live });
    expect(closed.found().broken).toEqual([]);
  });

  it('opens nothing that was being tried', () => {
    const tried = (last: Told): string[] => last.found().broken;
    const probes = (scene: Scene) =>
      every(new Told(scene).ask(0), [340, 341], { ...live, takesMs: 120, phase: 'patient' });
    for (const scene of ['late-failures', 'late-probes'] as const) {
      expect(tried(probes(scene).ask(480, { call: live }))).toEqual([]);
      expect(tried(probes(scene).ask(480))).toEqual(['late-answers-change-nothing']);
    }
  });
});

describe('answers', () => {
  const story = (told: Told): string =>
    told.checked().findings.find(({ holds }) => holds === false)?.witness?.story.en ?? '';

  it('are not broken off at the end, and tell of no time-out where no call was made', () => {
    const ended = (call: Call, answer: Answered) =>
      new Told('client-errors').ask(0, { kind: 'rates', call, answer, tookMs: 300 }).found().broken;
    expect(ended({ status: 'gone', takesMs: 100 }, { status: 502 })).toEqual(['quotes-are-true']);
    expect(ended({ status: 404, takesMs: 290 }, { status: 404 })).toEqual([]);
    const late = (without: number) =>
      times(0, without, 5).reduce<Told>(
        (all, at) => all.ask(at, { answer: { status: 504 }, tookMs: 410 }),
        every(new Told('neighbour-stuck'), times(0, 8, 5), timedOut),
      );
    expect(late(20).found().broken).toEqual(['quotes-are-true']);
    expect(late(6).found().broken).toEqual([]);
  });

  it('tell a time-out from a failure', () => {
    const early = new Told('late').ask(0, { call: failed, answer: { status: 504 } });
    expect(story(early)).toMatch(/had waited for less than the time-out/);
    const gone = new Told('late').ask(0, { call: timedOut, answer: { status: 502 } });
    expect(story(gone)).toMatch(/given up after the time-out/);
    expect(story(new Told('late').ask(0, { call: timedOut }))).toBe('');
  });

  it('are what a slow call said, where it came in time', () => {
    const instead = (takesMs: number, tookMs: number) =>
      new Told('outage').ask(0, {
        call: { status: 200, price: 7, takesMs },
        answer: { status: 200, source: 'fallback', price: null },
        tookMs,
      });
    expect(story(instead(250, 260))).toMatch(/had answered its call well/);
    expect(story(instead(390, 401))).toBe('');
    expect(story(instead(300, 280))).toBe('');
  });

  it('have in place of a price none that was never one of it', () => {
    const instead = (price: number | null) =>
      new Told('outage')
        .ask(0, { id: 'a', call: { status: 200, price: 7 } })
        .ask(10, { id: 'b', call: { status: 200, price: 8 } })
        .ask(500, { id: 'a', answer: { status: 200, source: 'fallback', price } });
    expect(instead(7).found().broken).toEqual([]);
    expect(instead(null).found().broken).toEqual([]);
    expect(story(instead(8))).toMatch(/8 had never been a price of it/);
    const old = new Told('outage')
      .ask(0, { id: 'a', call: { status: 200, price: 7 } })
      .ask(500, { id: 'a', answer: { status: 200, source: 'live', price: 7 } });
    expect(story(old)).toMatch(/never gave the price 7/);
    const shared = new Told('outage')
      .ask(0, { id: 'a', call: { status: 200, price: 7, takesMs: 700 } })
      .ask(500, { id: 'a', answer: { status: 200, source: 'live', price: 7 }, tookMs: 300 });
    expect(shared.found().broken).toEqual([]);
  });

  it('send nobody back while it is open, and nobody away for too long', () => {
    const told = (ms: number, retryAfter: number): string[] =>
      new Told('outage')
        .ask(0, { call: failed })
        .ask(ms, { answer: { ...rejected, retryAfter } })
        .found().broken;
    expect(told(100, 0)).toEqual(['retry-after-is-honest']);
    expect(told(100, 1)).toEqual([]);
    expect(told(498, 0)).toEqual([]);
    expect(told(100, 2)).toEqual(['retry-after-is-honest']);
  });

  it('are asked for nobody once its client was rejected', () => {
    const asked = (scene: Scene, ms: number): string[] =>
      new Told(scene).ask(0).call(ms, `/quotes/${scene}-80`, 'quotes', failed).found().broken;
    expect(asked('nearly', 300)).toEqual(['calls-are-bounded']);
    expect(asked('nearly', 50)).toEqual([]);
    expect(asked('outage', 300)).toEqual(['calls-are-bounded']);
  });

  it('come in time also where a call was made once more', () => {
    const retried = (takesMs: number): Told =>
      new Told('outage')
        .phase(0, 'stuck')
        .phase(900, 'recovered')
        .ask(10, { id: 'a', call: { status: 'gone', takesMs: 200 }, tookMs: 200 + takesMs })
        .call(212, '/quotes/a', 'quotes', { status: 'gone', takesMs });
    expect(retried(200).found().broken).toEqual([]);
    expect(retried(600).found().broken).toEqual(['answers-in-bounded-time']);
  });

  it('send nobody away for too long, and no call is made that nobody asked for', () => {
    const away = new Told('outage').ask(0, { answer: { ...rejected, retryAfter: 2 } });
    expect(away.found().broken).toEqual(['retry-after-is-honest']);
    const alone = new Told('healthy').call(0, '/quotes/health', 'quotes', live);
    expect(alone.found().broken).toEqual(['calls-are-bounded']);
  });
});

describe('the share of failures', () => {
  const windows = { windowMs: 500 } as const;
  const ended = (ms: number, failed: boolean): Request =>
    ({
      start: ms * 1000,
      end: (ms + 6) * 1000,
      calls: [{ end: (ms + 5) * 1000, status: failed ? 503 : 200 }],
    }) as unknown as Request;

  it('is that of the worst window, of which a fifth may be forgotten', () => {
    const good = times(0, 100, 5).map((ms) => ended(ms, false));
    const bad = (count: number) => times(500, count, 0).map((ms) => ended(ms, true));
    expect(worstShare(good, windows)).toBe(0);
    expect(Math.round(worstShare([...good, ...bad(40)], windows))).toBe(34);
    expect(worstShare(bad(3), windows)).toBe(100);
  });

  it('is at least that of all until the last failure, where all are in one window', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (fails) => {
        const all = fails.map((failed, n) => ended(n * 10, failed));
        const last = fails.lastIndexOf(true);
        const until = fails.slice(0, last + 1);
        const share = last < 0 ? 0 : (100 * until.filter(Boolean).length) / until.length;
        expect(worstShare(all, windows)).toBeGreaterThanOrEqual(share - 1e-9);
      }),
    );
  });
});
