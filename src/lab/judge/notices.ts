import type { ActNote } from '../../kata/acts.js';
import type { History } from '../../kata/history.js';
import type { SharedLoginNote } from '../../kata/roles.js';
import { serviceTitles } from '../../kata/services.js';
import type { Text } from '../../i18n/text.js';

/** Note `log-capped`: so much of a program's log was not kept. */
export interface LogCapped {
  /** The file's name. */
  readonly log: string;
  readonly leftOutBytes: number;
}

/** What is worth knowing of a case and bears on no verdict. */
export function noticesOf(history: History): Text[] {
  const shared = history.notes<SharedLoginNote>('shared-login').map(({ value }): Text => {
    const { service, role } = value;
    const title = serviceTitles[service];
    return {
      en: `${title} lets us make no user for ${role}: it comes in as the lab does`,
      es: `${title} no nos deja crear un usuario para ${role}: entra como el laboratorio`,
    };
  });
  const capped = history.notes<LogCapped>('log-capped').map(({ value: { log, leftOutBytes } }) => {
    const megabytes = Math.ceil(leftOutBytes / 1_000_000);
    return {
      en: `the program wrote more than the lab keeps: ${megabytes} MB in the middle of logs/${log} are left out`,
      es: `el programa escribió más de lo que guarda el laboratorio: faltan ${megabytes} MB en medio de logs/${log}`,
    };
  });
  const acts = new Set(history.notes<ActNote>('act-again').map(({ value }) => value.act));
  const again = [...acts].map((act) => ({
    en: `the act ${act} came to nothing at first, as where the machine is busy, and was played again`,
    es: `el acto ${act} al principio no dio resultado, como cuando la máquina está ocupada, y se representó otra vez`,
  }));
  return [...shared, ...capped, ...again];
}
