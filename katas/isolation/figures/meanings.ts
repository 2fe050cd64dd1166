import type { Text } from '../../../src/kata/index.js';

/** What each script means, told of a server on which it came out so. */
export const meanings: Readonly<Record<string, { happens: Text; prevented: Text }>> = {
  G0: {
    happens: {
      en: 'Session 2 wrote over a row that session 1 had not committed yet: what each of them wrote can end up mixed.',
      es: 'La sesión 2 escribió encima de una fila que la sesión 1 tenía aún sin commit: lo que escribió cada una puede acabar mezclado.',
    },
    prevented: {
      en: 'A row that is being changed is locked until its transaction ends, so the second writer waits. One of the two wins both rows; nothing is mixed.',
      es: 'Una fila que se está cambiando queda bloqueada hasta que su transacción termina, así que quien escribe después espera. Una de las dos gana ambas filas; nada se mezcla.',
    },
  },
  G1a: {
    happens: {
      en: 'Session 2 read 101, a value that was rolled back: it never existed.',
      es: 'La sesión 2 leyó 101, un valor que se deshizo: nunca existió.',
    },
    prevented: {
      en: 'Session 2 only saw what was committed. The 101 that session 1 took back was never visible to anybody else.',
      es: 'La sesión 2 solo vio lo que tenía commit. El 101 que la sesión 1 deshizo nunca fue visible para nadie más.',
    },
  },
  G1b: {
    happens: {
      en: 'Session 2 read 101, a value on the way that session 1 never meant to leave behind.',
      es: 'La sesión 2 leyó 101, un valor de paso que la sesión 1 nunca quiso dejar.',
    },
    prevented: {
      en: 'Session 2 saw the row before session 1 or after it, never the 101 in between.',
      es: 'La sesión 2 vio la fila antes o después de la sesión 1, nunca el 101 de en medio.',
    },
  },
  G1c: {
    happens: {
      en: 'Each session read what the other had not committed yet: no order of the two explains what they saw.',
      es: 'Cada sesión leyó lo que la otra tenía aún sin commit: ningún orden de las dos explica lo que vieron.',
    },
    prevented: {
      en: "Neither session saw the other's write before it was committed. (At serializable one of them is refused besides: both read what the other was changing.)",
      es: 'Ninguna sesión vio lo que escribió la otra antes de su commit. (En serializable, además, se rechaza a una de las dos: ambas leyeron lo que la otra estaba cambiando.)',
    },
  },
  OTV: {
    happens: {
      en: "Session 3 saw one transaction's row together with another's: what it had observed vanished before its eyes.",
      es: 'La sesión 3 vio la fila de una transacción junto a la de otra: lo que había observado desapareció ante sus ojos.',
    },
    prevented: {
      en: 'Session 3 saw all of a committed transaction or nothing of it, never one row of each.',
      es: 'La sesión 3 vio toda una transacción con commit o nada de ella, nunca una fila de cada una.',
    },
  },
  'PMP-read': {
    happens: {
      en: 'A row appeared between two reads of one transaction: each statement looks at the database anew. (A phantom.)',
      es: 'Entre dos lecturas de una misma transacción apareció una fila: cada sentencia mira la base de datos de nuevo. (Un fantasma.)',
    },
    prevented: {
      en: "All reads of the transaction look at one snapshot, taken by its first statement; session 2's row came later.",
      es: 'Todas las lecturas de la transacción miran un mismo snapshot, tomado por su primera sentencia; la fila de la sesión 2 llegó después.',
    },
  },
  'PMP-write': {
    happens: {
      en: 'Session 2 chose its row when value was 20, waited, found it changed to 30 and let it be. The row that is 20 now was not looked at: it survives a DELETE of exactly that.',
      es: 'La sesión 2 eligió su fila cuando el valor era 20, esperó, la encontró cambiada a 30 y la dejó. La fila que ahora vale 20 no la miró: sobrevive a un DELETE justo de eso.',
    },
    prevented: {
      en: 'What session 2 wanted to delete had changed since its snapshot, so it was refused instead of deleting something else than it had seen.',
      es: 'Lo que la sesión 2 quería borrar había cambiado desde su snapshot, así que se la rechazó en vez de borrar algo distinto de lo que había visto.',
    },
  },
  P4: {
    happens: {
      en: 'Both read 10, both added one, and the value is 11 instead of 12. Session 2 waited, and then wrote over what it had never seen.',
      es: 'Ambas leyeron 10, ambas sumaron uno, y el valor es 11 en vez de 12. La sesión 2 esperó, y después escribió encima de lo que nunca había visto.',
    },
    prevented: {
      en: 'The row had changed since the snapshot in which it was read, so the second writer was refused. Who retries reads 11 and writes 12.',
      es: 'La fila había cambiado desde el snapshot en el que se leyó, así que se rechazó a quien escribía después. Quien reintenta lee 11 y escribe 12.',
    },
  },
  'G-single': {
    happens: {
      en: 'Session 1 read row 1 before session 2 and row 2 after it. The sum was 30 at every moment; session 1 saw 28.',
      es: 'La sesión 1 leyó la fila 1 antes de la sesión 2 y la fila 2 después. La suma fue 30 en todo momento; la sesión 1 vio 28.',
    },
    prevented: {
      en: 'Session 1 kept to the snapshot of its first read: 10 and 20, as they were together.',
      es: 'La sesión 1 se quedó en el snapshot de su primera lectura: 10 y 20, tal como estaban juntas.',
    },
  },
  'G2-item': {
    happens: {
      en: "Each read both rows and changed a different one, so neither was in the other's way. If one of them had come first, the other would have read something else, and perhaps decided otherwise.",
      es: 'Cada una leyó ambas filas y cambió una distinta, así que ninguna estorbó a la otra. Si una hubiera ido primero, la otra habría leído algo distinto, y quizá decidido de otro modo.',
    },
    prevented: {
      en: 'Each had read what the other was changing, and no order of the two explains that: the server let one through and refused the other.',
      es: 'Cada una había leído lo que la otra estaba cambiando, y ningún orden de las dos lo explica: el servidor dejó pasar a una y rechazó a la otra.',
    },
  },
  G2: {
    happens: {
      en: 'Both made sure that there was no such row, both put one in, and now there are two. No row was there to be locked.',
      es: 'Ambas comprobaron que no había tal fila, ambas metieron una, y ahora hay dos. No había fila que bloquear.',
    },
    prevented: {
      en: 'The server remembers what was looked for, too, not only the rows that were found: it let one through and refused the other.',
      es: 'El servidor recuerda también lo que se buscó, no solo las filas que se encontraron: dejó pasar a una y rechazó a la otra.',
    },
  },
};
