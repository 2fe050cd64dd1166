import { agreeing, counted } from '../../src/kata/index.js';
import type { CheckResult, Coverage, History, Text } from '../../src/kata/index.js';
import { askedAgainIsDone, refusalsAreJustified, storedWhenAcknowledged } from './rules/answers.js';
import {
  acknowledgedTakesEffect,
  eachTransferOnce,
  refusedTakesNone,
  totalIsConserved,
  vanishedIn,
} from './rules/effects.js';
import { everyReadAddsUp, missingIn, neverNegative } from './rules/reads.js';
import { endsItsTransactions } from './rules/sessions.js';
import { isDone, readStory, type Story, type Transfer } from './story.js';

/** Pure: what clients were told and what was read meanwhile, against what the database holds. */
export function check(
  history: History,
  options: { readonly fault: string; readonly retries: number },
): CheckResult {
  const story = readStory(history);
  return {
    findings: [
      everyReadAddsUp(story),
      totalIsConserved(story),
      neverNegative(story),
      eachTransferOnce(story),
      acknowledgedTakesEffect(story),
      refusedTakesNone(story),
      refusalsAreJustified(story, options.retries),
      storedWhenAcknowledged(story),
      askedAgainIsDone(story),
      endsItsTransactions(story),
    ],
    coverage: [
      oppositeTransfersOverlapped(story),
      readDuringTransfers(story),
      ...(options.fault === 'none' ? [] : [heldBetween(story)]),
    ],
    figures: {
      moved: new Set(story.transfers.filter(isDone).map(({ asked }) => asked.id)).size,
      unseen: Math.max(0, ...story.seen.map((seen) => Math.abs(missingIn(seen, story)))),
      vanished: vanishedIn(story),
      deadlocks: story.final.deadlocks,
      retries: story.transfers.reduce((sum, { answer }) => sum + (answer?.retries ?? 0), 0),
    },
  };
}

/** Only then can each of the two hold what the other waits for. */
function oppositeTransfersOverlapped({ transfers }: Story): Coverage {
  const crowd = transfers.filter(({ asked }) => asked.part === 'crowd');
  const pairs = crowd.filter((one, n) => crowd.some((other, m) => m > n && met(one, other)));
  const count: Text = {
    en: `${pairs.length} of ${crowd.length} transfers`,
    es: `${pairs.length} de ${crowd.length} transferencias`,
  };
  return {
    condition: 'opposite-transfers-overlapped',
    met: pairs.length > 0,
    story: {
      en: `${count.en} were under way together with one in the opposite direction`,
      es: `${count.es} estuvieron en curso a la vez que una en sentido contrario`,
    },
  };
}

/** Both were under way at one moment, between the same two accounts in opposite directions. */
function met(one: Transfer, other: Transfer): boolean {
  const isOpposite = one.asked.from === other.asked.to && one.asked.to === other.asked.from;
  return isOpposite && one.start < other.end && other.start < one.end;
}

function readDuringTransfers({ seen, transfers }: Story): Coverage {
  const during = seen.filter(({ start, end }) =>
    transfers.some((one) => one.start < end && one.end > start),
  );
  return {
    condition: 'read-during-transfers',
    met: during.length > 0,
    story: {
      en: `${counted.en(during.length, 'read', 'reads')} of all accounts while transfers were under way (at least 1 is needed)`,
      es: `${counted.es(during.length, 'lectura', 'lecturas')} de todas las cuentas con transferencias en curso (hace falta al menos 1)`,
    },
  };
}

function heldBetween(story: Story): Coverage {
  // Not every right program sends a COMMIT.
  const held = story.held.filter(({ value }) => !value.moment.endsWith('-commit'));
  const missed = held.filter(({ value }) => !value.reached).map(({ value }) => value.transfer);
  return {
    condition: 'held-between-the-two-writes',
    met: held.length > 0 && missed.length === 0,
    story: {
      en: `${held.length - missed.length} of ${held.length} transfers ${agreeing.en(held.length - missed.length, 'was', 'were')} held at one of their writes when the fault came${missed.length > 0 ? ` (not ${missed.join(', ')})` : ''}`,
      es: `${held.length - missed.length} de ${held.length} transferencias ${agreeing.es(held.length - missed.length, 'estaba retenida', 'estaban retenidas')} en una de sus escrituras cuando llegó el fallo${missed.length > 0 ? ` (no ${missed.join(', ')})` : ''}`,
    },
  };
}
