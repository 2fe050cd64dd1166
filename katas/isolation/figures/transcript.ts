import { counted } from '../../../src/kata/index.js';
import type { Moment, Text, Transcript } from '../../../src/kata/index.js';
import { rowsText, sessionsOf, type Level } from '../contract.js';
import { failureOf, returnedBy, type Played, type Statement } from '../story.js';
import { markOf } from './matrix.js';
import { meanings } from './meanings.js';

type Said = Moment['said'][number];

/** The sessions of a script side by side, as the history has them. */
export function transcriptOf(
  played: Played,
  about: { row: string; name: Text; level: Level; told: boolean },
): Transcript {
  const { script } = played;
  const { row, name, level, told } = about;
  const id = script.id === row ? row : `${row} (${script.id})`;
  const spelled = level.replace('-', ' ');
  return {
    row,
    title: { en: `${id}, ${name.en}, at ${spelled}`, es: `${id}, ${name.es}, en ${spelled}` },
    parties: Array.from({ length: sessionsOf(script) }, (_, at) => sessionName(at + 1)),
    moments: momentsOf(played),
    meaning: meaningOf(played),
    told,
  };
}

/** The same in lines, for a witness: `session 2  UPDATE … ⏸ waits for session 1`. */
export function linesOf(played: Played): Text {
  const lines = momentsOf(played).map(({ party, said }) => {
    const name = sessionName(party + 1);
    const words = (say: (text: Text) => string): string =>
      [say(name), ...said.map(({ text }) => say(text))].join('  ');
    return { en: words(({ en }) => en), es: words(({ es }) => es) };
  });
  return {
    en: lines.map(({ en }) => en).join('\n'),
    es: lines.map(({ es }) => es).join('\n'),
  };
}

function meaningOf(played: Played): Text {
  const means = meanings[played.script.id];
  const nothing: Text = { en: '', es: '' };
  switch (markOf(played)) {
    case '–':
      return marked('–', { en: 'it happens', es: 'ocurre' }, means?.happens ?? nothing);
    case '✓':
      return marked('✓', { en: 'prevented', es: 'se impide' }, means?.prevented ?? nothing);
    case '?':
      return played.complete
        ? {
            en: '? The server did something that is neither: see the steps.',
            es: '? El servidor hizo algo que no es ni lo uno ni lo otro: mira los pasos.',
          }
        : {
            en: '? It could not be played to its end, so it says nothing.',
            es: '? No se pudo representar hasta el final, así que no dice nada.',
          };
  }
}

function marked(mark: string, word: Text, means: Text): Text {
  return { en: `${mark} ${word.en}. ${means.en}`, es: `${mark} ${word.es}. ${means.es}` };
}

/**
 * A statement and what it came to are one moment, unless it had to wait: then it goes on later, and
 * that is a moment of its own.
 */
function momentsOf({ statements }: Played): Moment[] {
  const moments = statements.flatMap((statement) => {
    const { process, invokedOn, completedOn, asked, waitsOn } = statement;
    const party = process - 1;
    const does: Said = { kind: 'does', text: same(asked.sql) };
    const came = cameOf(statement);
    if (waitsOn === undefined) return [{ line: invokedOn, party, said: [does, ...came] }];
    const begun = { line: invokedOn, party, said: [does, waitSaid(statement)] };
    if (completedOn === undefined) return [begun];
    return [begun, { line: completedOn, party, said: came }];
  });
  return moments.sort((a, b) => a.line - b.line).map(({ party, said }) => ({ party, said }));
}

function waitSaid({ waitsFor }: Statement): Said {
  const names = waitsFor.map((number) => sessionName(number));
  const en = names.map((name) => name.en).join(', ');
  const es = names.map((name) => name.es).join(', ');
  return { kind: 'waits', text: { en: `⏸ waits for ${en}`, es: `⏸ espera a ${es}` } };
}

function cameOf(statement: Statement): Said[] {
  const resumes = statement.waitsOn === undefined ? '' : '▶ ';
  const failure = failureOf(statement);
  if (failure)
    return [{ kind: 'fails', text: same(`${resumes}✘ ${failure.code} ${failure.message}`) }];
  const returned = returnedBy(statement);
  if (!returned) return [{ kind: 'fails', text: { en: '✘ no answer', es: '✘ sin respuesta' } }];
  const { en, es } = resultOf(returned);
  return en === '' ? [] : [{ kind: 'gets', text: { en: resumes + en, es: resumes + es } }];
}

function resultOf({ command, count, rows }: NonNullable<ReturnType<typeof returnedBy>>): Text {
  if (count === null) return same('');
  if (command === 'SELECT')
    return rows.length > 0
      ? same(`→ ${rowsText(rows)}`)
      : { en: '→ no rows', es: '→ ninguna fila' };
  return count === 1
    ? { en: '→ 1 row', es: '→ 1 fila' }
    : {
        en: `→ ${counted.en(count, 'row', 'rows')}`,
        es: `→ ${counted.es(count, 'fila', 'filas')}`,
      };
}

function sessionName(number: number): Text {
  return { en: `session ${number}`, es: `sesión ${number}` };
}

function same(text: string): Text {
  return { en: text, es: text };
}
