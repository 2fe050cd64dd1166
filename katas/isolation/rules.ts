import {
  finding,
  type CheckResult,
  type Coverage,
  type Finding,
  type History,
  type Text,
  type Witness,
} from '../../src/kata/index.js';
import type { Level } from './contract.js';
import { chosen } from './contract/anomalies.js';
import { cellOf, legend, outcomeOf, type Outcome } from './figures/matrix.js';
import { linesOf, transcriptOf } from './figures/transcript.js';
import { failureOf, isRefused, playedIn, readOf, type Played, type Statement } from './story.js';

export interface Asked {
  readonly isolation: Level;
  /** `all` or one anomaly's id. */
  readonly anomaly: string;
}

/** Pure: what the sessions saw, as a column of the matrix, against what is documented. */
export function check(history: History, { isolation, anomaly }: Asked): CheckResult {
  const outcomes = chosen(anomaly).map((one) =>
    outcomeOf(
      one,
      one.scripts.flatMap((script) => playedIn(history, script) ?? []),
      isolation,
    ),
  );
  const played = outcomes.flatMap((outcome) => outcome.played);
  const count = (mark: string): number => outcomes.filter((one) => one.mark === mark).length;
  return {
    findings: [
      asDocumented(outcomes, isolation),
      readsAsDocumented(played, isolation),
      waitsAsDocumented(played),
      refusesNobodyAtReadCommitted(played, isolation),
    ],
    coverage: outcomes.map(playedToItsEnd),
    figures: { prevented: count('✓'), happens: count('–') },
    exhibits: {
      column: same(isolation.replace('-', ' ')),
      cells: outcomes.map(cellOf),
      legend,
      transcripts: outcomes.flatMap((outcome) =>
        outcome.played.map((one) =>
          transcriptOf(one, {
            row: outcome.anomaly.id,
            name: outcome.anomaly.name,
            level: isolation,
            told: anomaly !== 'all',
          }),
        ),
      ),
    },
  };
}

/** Every cell of the matrix is the documented one. */
function asDocumented(outcomes: readonly Outcome[], level: Level): Finding {
  const rule: Text = {
    en: 'The server prevents at each level the anomalies that its documentation says.',
    es: 'El servidor impide en cada nivel las anomalías que dice su documentación.',
  };
  const differing = outcomes.filter(
    ({ complete, mark, documented }) => complete && mark !== documented,
  );
  const spelled = level.replace('-', ' ');
  const stories = differing.map(({ anomaly, mark, documented, played }) => {
    const head = `${anomaly.id} (${anomaly.name.en}), ${spelled}: documented ${documented}, here ${mark}`;
    const cabeza = `${anomaly.id} (${anomaly.name.es}), ${spelled}: documentado ${documented}, aquí ${mark}`;
    const told = played.map(linesOf);
    return {
      en: [head, ...told.map(({ en }) => en)].join('\n'),
      es: [cabeza, ...told.map(({ es }) => es)].join('\n'),
    };
  });
  return finding(
    'as-documented',
    rule,
    witnessOf(
      stories,
      differing.flatMap(({ played }) => played.flatMap(linesIn)),
    ),
  );
}

/** A read at a level sees what the documentation says it sees: old rows, new ones, never others. */
function readsAsDocumented(played: readonly Played[], level: Level): Finding {
  const rule: Text = {
    en: 'Every read returns the rows that its level shows it.',
    es: 'Cada lectura devuelve las filas que su nivel le muestra.',
  };
  const wrong = statementsOf(played).flatMap(({ statement, script, step }) => {
    const wanted = script.steps[step]?.shows?.[level];
    const read = readOf(statement);
    if (wanted === undefined || read === undefined || read === wanted) return [];
    const line = statement.invokedOn;
    const none = (rows: string): string => (rows === '' ? '∅' : rows);
    return [
      {
        line,
        en: `${script.id}: session ${statement.process} read ${none(read)} instead of ${none(wanted)}: ${statement.asked.sql} (history line ${line}).`,
        es: `${script.id}: la sesión ${statement.process} leyó ${none(read)} en vez de ${none(wanted)}: ${statement.asked.sql} (línea ${line} del historial).`,
      },
    ];
  });
  return finding(
    'reads-as-documented',
    rule,
    witnessOf(
      wrong,
      wrong.map(({ line }) => line),
    ),
  );
}

/** Row locks: who writes to a row that another has changed waits, and nobody else does. */
function waitsAsDocumented(played: readonly Played[]): Finding {
  const rule: Text = {
    en: 'A statement waits where it writes to a row that another session is changing, and nowhere else.',
    es: 'Una sentencia espera donde escribe en una fila que otra sesión está cambiando, y en ningún otro sitio.',
  };
  const wrong = statementsOf(played).flatMap(({ statement, script, step }) => {
    const mustWait = script.steps[step]?.waits === true;
    const waited = statement.waitsOn !== undefined;
    // One that was refused at once, or never answered, is told elsewhere.
    if (mustWait === waited || (mustWait && statement.outcome !== 'ok')) return [];
    const line = statement.waitsOn ?? statement.invokedOn;
    const what = `${script.id}, session ${statement.process}: ${statement.asked.sql}`;
    const cosa = `${script.id}, sesión ${statement.process}: ${statement.asked.sql}`;
    const whom = statement.waitsFor.join(', ');
    return [
      mustWait
        ? {
            line,
            en: `${what} returned without waiting (history line ${line}).`,
            es: `${cosa} volvió sin esperar (línea ${line} del historial).`,
          }
        : {
            line,
            en: `${what} waited for session ${whom} (history line ${line}).`,
            es: `${cosa} esperó a la sesión ${whom} (línea ${line} del historial).`,
          },
    ];
  });
  return finding(
    'waits-as-documented',
    rule,
    witnessOf(
      wrong,
      wrong.map(({ line }) => line),
    ),
  );
}

/** 40001 belongs to the levels that keep to one snapshot. */
function refusesNobodyAtReadCommitted(played: readonly Played[], level: Level): Finding {
  const rule: Text = {
    en: 'At read committed no transaction is refused with 40001.',
    es: 'En read committed ninguna transacción se rechaza con 40001.',
  };
  const refused =
    level === 'read-committed' ? played.flatMap((one) => one.statements.filter(isRefused)) : [];
  const stories = refused.map(({ process, asked, invokedOn }) => ({
    en: `${asked.script}: session ${process} was refused with 40001: ${asked.sql} (history line ${invokedOn}).`,
    es: `${asked.script}: la sesión ${process} se rechazó con 40001: ${asked.sql} (línea ${invokedOn} del historial).`,
  }));
  return finding(
    'refuses-nobody-at-read-committed',
    rule,
    witnessOf(
      stories,
      refused.map(({ invokedOn }) => invokedOn),
    ),
  );
}

function playedToItsEnd({ anomaly, complete, played }: Outcome): Coverage {
  const troubles = played.flatMap((one) => one.statements).flatMap(troubleOf);
  const trouble = troubles[0] ?? {
    en: 'a step never came to its turn, or never returned',
    es: 'a algún paso no le llegó el turno, o no volvió',
  };
  return {
    condition: `played-${anomaly.id.toLowerCase()}`,
    met: complete,
    story: complete
      ? {
          en: `${anomaly.id} was played to its end`,
          es: `${anomaly.id} se representó hasta el final`,
        }
      : {
          en: `${anomaly.id} was to be played to its end: ${trouble.en}`,
          es: `${anomaly.id} debía representarse hasta el final: ${trouble.es}`,
        },
  };
}

function troubleOf(statement: Statement): Text[] {
  if (statement.outcome === 'ok' || isRefused(statement)) return [];
  const failure = failureOf(statement);
  const what = failure ? `${failure.code} ${failure.message}` : (statement.problem?.detail ?? '…');
  const { process, asked, invokedOn } = statement;
  return [
    {
      en: `session ${process} got ${what} for ${asked.sql} (history line ${invokedOn})`,
      es: `la sesión ${process} recibió ${what} por ${asked.sql} (línea ${invokedOn} del historial)`,
    },
  ];
}

function statementsOf(played: readonly Played[]) {
  return played.flatMap(({ script, statements }) =>
    statements.flatMap((statement) => {
      const { step } = statement.asked;
      return step === undefined ? [] : [{ script, statement, step }];
    }),
  );
}

function linesIn({ statements }: Played): number[] {
  return statements
    .flatMap(({ invokedOn, waitsOn, completedOn }) => [invokedOn, waitsOn, completedOn])
    .filter((line) => line !== undefined)
    .sort((a, b) => a - b);
}

function witnessOf(stories: readonly Text[], lines: readonly number[]): Witness | undefined {
  if (stories.length === 0) return undefined;
  const story = {
    en: stories.map(({ en }) => en).join('\n'),
    es: stories.map(({ es }) => es).join('\n'),
  };
  return { story, lines };
}

function same(text: string): Text {
  return { en: text, es: text };
}
