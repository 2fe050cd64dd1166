import {
  mostUnderWay,
  type CheckResult,
  type Coverage,
  type History,
} from '../../src/kata/index.js';
import { scenes, type Scene } from './contract.js';
import {
  differingAnswers,
  refusedIsNotStored,
  retryIsAnswered,
  sameAnswer,
} from './rules/answers.js';
import {
  acknowledgedEqualsRows,
  chargedTwice,
  chargedWhenAcknowledged,
  oneChargeAKey,
} from './rules/charges.js';
import { clientsApart, expiredKeyIsNew, keyRequired, otherPayloadRefused } from './rules/keys.js';
import { readStory, statusOf, type Pay, type Story } from './story.js';

/** Scenes in which something must happen at one exact point, or nothing was shown. */
const exact: readonly Scene[] = [
  'response-lost',
  'request-lost',
  'slow',
  'gave-up',
  'at-once',
  'session-lost',
  'crash-before-charge',
  'crash-after-charge',
  'crash-before-answer',
  'expired',
];

/** Pure: what every client was told, against the charges that were made. */
export function check(history: History): CheckResult {
  const story = readStory(history);
  const { line: letGo } = story.letGo ?? { line: 0 };
  // Those that came while the first stood at its charge, not the retries afterwards.
  const atOnce = story.pays.filter(
    ({ asked, invokedOn }) => asked.scene === 'at-once' && invokedOn < letGo,
  );
  return {
    findings: [
      oneChargeAKey(story),
      acknowledgedEqualsRows(story),
      chargedWhenAcknowledged(story),
      sameAnswer(story),
      retryIsAnswered(story),
      refusedIsNotStored(story),
      otherPayloadRefused(story),
      clientsApart(story),
      expiredKeyIsNew(story),
      keyRequired(story),
    ],
    coverage: [...exact.map((scene) => happened(story, scene)), overlapped(atOnce)],
    figures: {
      charges: story.charges.length,
      chargedTwice: chargedTwice(story).length,
      differing: story.keys.filter((key) => differingAnswers(key) !== undefined).length,
      conflicts: atOnce.filter((pay) => statusOf(pay) === 409).length,
    },
  };
}

function happened({ notes }: Story, scene: Scene): Coverage {
  const met = notes.some((note) => note.scene === scene && note.met);
  const { en, es } = scenes[scene];
  return {
    condition: scene,
    met,
    story: met
      ? { en: `it happened: ${en}`, es: `ocurrió: ${es}` }
      : { en: `it was wanted and never happened: ${en}`, es: `se quería y no ocurrió: ${es}` },
  };
}

function overlapped(mine: readonly Pay[]): Coverage {
  const most = mostUnderWay(mine);
  return {
    condition: 'requests-overlapped',
    met: most >= 2,
    story: {
      en: `at most ${most} of ${mine.length} requests with one key were under way at once (2 are needed)`,
      es: `como mucho ${most} de ${mine.length} peticiones con una clave estuvieron en curso a la vez (hacen falta 2)`,
    },
  };
}
