import {
  besideStuck,
  hangUpAfterMs,
  hangUpTimes,
  healthyMs,
  lateFailures,
  nearlyMs,
  patientMs,
  patientProbeMs,
  recoversWithinMs,
  shortOpenMs,
  stuckMs,
  type Limits,
} from '../contract.js';
import { isIdle, isOpen, untilOpen } from './opening.js';
import { playParts, type Part } from './parts.js';
import { down, pause, Stand, well, type Surroundings } from './stand.js';

/** Requests a second. */
const rate = 100;
const crowd = 200;
const rush = 300;
/** All at one moment, as it becomes half-open. */
const atOnce = { rate: 4_000, forMs: 10 };

/** Five programs: three of them are half-open soon, and more than once. */
export async function playHalfOpen(around: Surroundings, limits: Limits): Promise<void> {
  const env = { PLAN_OPEN_MS: shortOpenMs };
  const { openMs } = lateFailures(limits);
  const late: Part = {
    open: () => Stand.open(around, 'late-probes', { quotes: down, env: { PLAN_OPEN_MS: openMs } }),
    play: (stand) => probeLate(around, stand, limits),
  };
  const nearly: Part = {
    open: () => Stand.open(around, 'nearly', { quotes: down, env }),
    play: (stand) => beNearlyWell(around, stand, limits),
  };
  const goodLate: Part = {
    open: () => Stand.open(around, 'good-late', { quotes: down, env }),
    play: (stand) => beGoodTooLate(around, stand, limits),
  };
  const hungUp: Part = {
    open: () => Stand.open(around, 'hung-up', { quotes: down, env }),
    play: (stand) => hangUp(around, stand, limits),
  };
  const stuck: Part = {
    open: () =>
      Stand.open(around, 'neighbour-stuck', {
        // Whoever takes it for a broken connection that nothing follows the head gives himself away, too.
        quotes: { name: 'stuck', latencyMs: stuckMs(limits), headFirst: true },
      }),
    play: async (stand) => {
      if (await stand.settled()) await standBeside(stand, limits);
    },
  };
  // Many wait for what is stuck: nothing else can be told beside them.
  const pairs = [[late, nearly], limits.probes > 1 ? [goodLate, hungUp] : [hungUp]];
  await playParts(around, [...pairs, [stuck]]);
}

/** The first probe times out only when others of a later half-open time are under way. */
async function probeLate({ lab }: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const { openMs, probeMs } = lateFailures(limits);
  const forMs = 3 * openMs + limits.closeAfter * probeMs + 300;
  const latencyMs = [stuckMs(limits), ...Array.from({ length: 50 }, () => healthyMs)];
  const stages = async (): Promise<void> => {
    await lab.until('the opening', isOpen(stand, limits), forMs);
    stand.quotes.become({ name: 'one-late', latencyMs, failing: 1 });
    await lab.until('no more calls', isIdle(stand, stand.quotes.calls + 1), forMs);
    stand.quotes.become({ name: 'patient', latencyMs: probeMs });
  };
  await Promise.all([stand.ask(rush, forMs), stages()]);
}

/** Half-open one fewer is good than it takes, and then one fails; and the next time all are good. */
async function beNearlyWell(around: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const { lab } = around;
  const { closeAfter, slowMs } = limits;
  await untilOpen(around, stand, limits);
  await leaveAlone(around, stand);
  stand.quotes.become({ name: 'nearly', latencyMs: nearlyMs(limits), failsEach: closeAfter });
  const before = stand.quotes.calls;
  await Promise.all([
    stand.ask(crowd, 150 + 5 * closeAfter),
    lab.until('no more calls', isIdle(stand, before + 1), 600),
  ]);
  stand.quotes.become({ name: 'patient', latencyMs: patientMs(limits) });
  await pause(lab, shortOpenMs);
  await stand.ask(crowd, closeAfter * slowMs + 200);
}

/** Nobody asks, for two open times: nothing is to be found out for anybody. */
async function leaveAlone({ lab }: Surroundings, stand: Stand): Promise<void> {
  await Promise.all([pause(lab, 2 * shortOpenMs), stand.pulse(2 * shortOpenMs)]);
}

/**
 * Of the first half-open time one probe fails, and another one is answered well only when probes of the
 * next one are under way.
 */
async function beGoodTooLate(around: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  const { lab } = around;
  const { quotes } = stand;
  const latencyMs = patientProbeMs(limits);
  await untilOpen(around, stand, limits);
  const { promise: released, resolve: release } = signalled();
  quotes.become({ name: 'one-late', latencyMs: healthyMs, failing: 1, holdsFirst: released });
  const before = quotes.calls;
  const stages = async (): Promise<void> => {
    await lab.until('no more calls', isIdle(stand, before + 1), 2 * shortOpenMs);
    quotes.become({ name: 'patient', latencyMs });
    const begun = quotes.calls;
    await lab.until('the next probes', () => quotes.calls > begun, 3 * shortOpenMs);
    release();
  };
  const forMs = 2 * shortOpenMs + limits.closeAfter * latencyMs + 400;
  await Promise.all([stand.ask(crowd, forMs), stages()]);
}

/** A promise, and what keeps it. */
function signalled(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((kept) => (resolve = kept));
  return { promise, resolve };
}

/**
 * Whoever waits for the probes hangs up before they are answered, as often as good ones would close it;
 * then a crowd comes that waits, while it is tried, and at last all is well.
 */
async function hangUp(around: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  await untilOpen(around, stand, limits);
  const patient = patientProbeMs(limits);
  stand.quotes.become({ name: 'patient', latencyMs: patient });
  const before = stand.quotes.calls;
  for (let n = 0; n < hangUpTimes(limits); n += 1) {
    if (stand.quotes.calls - before >= limits.closeAfter) break;
    await pause(around.lab, n === 0 ? shortOpenMs : patient);
    await stand.ask(atOnce.rate, atOnce.forMs, { hangsUpAfterMs: hangUpAfterMs(limits) });
  }
  // Also of whoever does not break off what nobody waits for.
  await pause(around.lab, patient);
  await stand.ask(atOnce.rate, atOnce.forMs);
  stand.quotes.become(well);
  const forMs = recoversWithinMs({ ...limits, openMs: shortOpenMs }) + 200;
  await Promise.all([stand.ask(rate, forMs), stand.pulse(forMs)]);
}

/** Many wait for the one dependency, and some want something of the other. */
async function standBeside(stand: Stand, { timeoutMs }: Limits): Promise<void> {
  await Promise.all([
    // First: of a time without pulses nobody knows how late this machine was.
    stand.pulse(2 * timeoutMs + 200),
    stand.ask(besideStuck, timeoutMs),
    stand.ask(rate, timeoutMs, { kinds: ['rates'] }),
  ]);
}
