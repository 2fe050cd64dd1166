import type { Text } from '../../i18n/text.js';
import type { SchemaChange, SchemaChangedNote } from '../../kata/faults.js';
import { violated, type Coverage, type Finding } from '../../kata/findings.js';
import type { History } from '../../kata/history.js';

const rule: Text = {
  en: 'The program leaves the tables as the lab has made them; it may add to them.',
  es: 'El programa deja las tablas como las hizo el laboratorio; puede añadirles cosas.',
};

/** A statement of the lab's that failed on what the program had changed. */
export function leavesTheTables(history: History): Finding[] {
  const note = history
    .notes<SchemaChangedNote>('schema-changed')
    .find(({ value }) => value.failed !== undefined);
  if (note?.value.failed === undefined) return [];
  const { changes, failed } = note.value;
  const { line } = note;
  const found = allOf(changes);
  const words = `${failed.statement}: ${failed.error}`;
  return [
    violated(
      'leaves-the-tables',
      rule,
      {
        en: `a statement of the lab's failed on history line ${line}, and the lab found why: ${found.en}. The experiment ended there.\n  ${words}`,
        es: `una sentencia del laboratorio falló en la línea ${line} del historial, y el laboratorio vio por qué: ${found.es}. El experimento acabó ahí.\n  ${words}`,
      },
      [line],
    ),
  ];
}

/** What may have shown the lab other rows than the program's: then its rules prove nothing. */
export function disguised(history: History): Coverage[] {
  const [note] = history
    .notes<SchemaChangedNote>('schema-changed')
    .filter(({ value }) => value.failed === undefined);
  if (note === undefined) return [];
  const found = allOf(note.value.changes);
  const story: Text = {
    en: `the program has disarmed the experiment: the lab may not have seen its rows, for ${found.en} (history line ${note.line})`,
    es: `el programa ha desarmado el experimento: puede que el laboratorio no viera sus filas, pues ${found.es} (línea ${note.line} del historial)`,
  };
  return [{ condition: 'experiment-armed', met: false, story }];
}

function allOf(changes: readonly SchemaChange[]): Text {
  const told = changes.map(({ kind, name, change }): Text => {
    const { en, es } = words[kind];
    return {
      en: `${en} ${name} ${how[change].en}`,
      es: `${es} ${name} ${how[change].es}`,
    };
  });
  return { en: told.map(({ en }) => en).join(', '), es: told.map(({ es }) => es).join(', ') };
}

const words: Readonly<Record<SchemaChange['kind'], Text>> = {
  table: { en: 'table', es: 'la tabla' },
  column: { en: 'column', es: 'la columna' },
  required: { en: 'the need of a value in column', es: 'la exigencia de un valor en la columna' },
  rights: { en: 'access to table', es: 'el acceso a la tabla' },
  rows: { en: 'the row security of table', es: 'la seguridad de filas de la tabla' },
  constraint: { en: 'constraint', es: 'la restricción' },
  trigger: { en: 'trigger', es: 'el disparador' },
  rule: { en: 'rule', es: 'la regla' },
};

const how: Readonly<Record<SchemaChange['change'], Text>> = {
  gone: { en: 'is gone', es: 'ya no está' },
  other: { en: 'is not as the lab made it', es: 'no está como lo dejó el laboratorio' },
  new: { en: 'was added', es: 'se añadió' },
};
