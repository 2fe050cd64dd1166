import {
  besideStuck,
  hangUpAfterMs,
  healthyMs,
  lateFailures,
  nearlyMs,
  patientMs,
  recoversWithinMs,
  shortOpenMs,
  stuckMs,
  type Limits,
} from '../contract.js';
import { isIdle, isOpen, untilOpen } from './opening.js';
import { down, pause, Stand, well, type Surroundings } from './stand.js';

/** Requests a second. */
const rate = 100;
const crowd = 200;
const rush = 300;
/** All at one moment, as it becomes half-open. */
const atOnce = { rate: 4_000, forMs: 10 };

/** Four programs, all there before any is asked. */
export async function playHalfOpen(around: Surroundings, limits: Limits): Promise<void> {
  const env = { PLAN_OPEN_MS: shortOpenMs };
  const stands = await Promise.all([
    Stand.open(around, 'late-probes', {
      quotes: down,
      env: { PLAN_OPEN_MS: lateFailures(limits).openMs },
    }),
    Stand.open(around, 'nearly', { quotes: down, env }),
    Stand.open(around, 'hung-up', { quotes: down, env }),
    Stand.open(around, 'neighbour-stuck', {
      // Whoever takes it for a broken connection that nothing follows the head gives himself away, too.
      quotes: { name: 'stuck', latencyMs: stuckMs(limits), headFirst: true },
    }),
  ]);
  const [late, nearly, hungUp, stuck] = stands;
  await Promise.all([
    probeLate(around, late, limits),
    beNearlyWell(around, nearly, limits),
    // Not all at one moment: each of the others needs it too.
    hangUp(around, hungUp, limits).then(() => standBeside(stuck, limits)),
  ]);
  await Promise.all(stands.map((stand) => stand.close()));
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

/** Whoever waits for the probes hangs up before they are answered. */
async function hangUp(around: Surroundings, stand: Stand, limits: Limits): Promise<void> {
  await untilOpen(around, stand, limits);
  stand.quotes.become({ name: 'patient', latencyMs: 0.7 * limits.slowMs });
  await pause(around.lab, shortOpenMs);
  await stand.ask(atOnce.rate, atOnce.forMs, { hangsUpAfterMs: hangUpAfterMs(limits) });
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
