const en = {
  runOption: 'the folder of a run (default: the latest that left dead letters)',
  kataOption: 'the kata, where several leave dead letters',
  caseOption: 'the case, where several of the run left some',
  allOption: 'all of them',
  brokenOption: 'what they failed for is not mended: they die again',

  unknownAction: (action: string) => `There is no 'plan dlq ${action}'.`,
  noSuchKata: (kata: string) => `${kata} leaves no dead letters.`,
  noKata: 'No kata here leaves dead letters.',
  noRun: (kata: string) => `There is no run of ${kata} here yet, so there are no dead letters.`,
  noneLeft: (kata: string) =>
    `No run of ${kata} here has left dead letters: they loop, or are lost, or none came.`,
  noneInRun: (run: string) => `The run ${run} left no dead letters.`,
  noCase: (name: string, names: string) =>
    `No case '${name}' of this run left dead letters; these did: ${names}.`,
  unknownLetter: (word: string, run: string) => `There is no dead letter '${word}' in ${run}.`,
  showWhich: 'Which one? An id or a number.',
  replayWhich: 'Which ones? Ids, numbers, or --all.',
  bothAllAndIds: 'Give ids, or --all, but not both.',

  title: (kata: string, run: string, one: string) => `${kata} · dead letters of ${run}, ${one}`,
  allDone: (run: string) => `None is left: the replay ${run} brought all of them through.`,
  n: '#',
  id: 'message',
  reason: 'reason',
  attempts: 'attempts',
  first: 'first attempt',
  last: 'last attempt',
  age: 'age',
  size: 'bytes',
  body: 'body',
  unknown: '–',
  otherCases: (count: number, one: string) => `${count} more lie in ${one}: --case ${one}`,
  hint: 'plan dlq show 1 tells all of one · plan dlq replay --all sends them again',

  letter: (id: string, n: number) => `Dead letter ${n} · ${id}`,
  noId: 'without a message_id',
  headers: 'headers',
  deaths: 'deaths, as the broker tells',
  death: (queue: string, reason: string, count: number) => `${reason} in ${queue}, ${count} ×`,
  found: (run: string, line: number, published: number | undefined) =>
    published === undefined
      ? `found on history line ${line} of ${run}`
      : `published on history line ${published}, found on line ${line} of ${run}`,
  attempt: (n: number, at: string, answer: string, line: number) =>
    `${n}  ${at}  ${answer}  · line ${line}`,
  noAttempts: 'none is in the history',
  log: (slug: string) => `what ${slug} wrote about it`,
  noLog: 'nothing',
  showHint: (n: number) => `plan dlq replay ${n} sends it again`,

  replayTitle: (count: number, mended: boolean) =>
    mended
      ? `${count} sent again, with what they failed for mended`
      : `${count} sent again, with nothing mended`,
  outcome: 'became',
  became: {
    done: 'done',
    dead: 'dead again',
    waiting: 'still in the queue',
    lost: 'lost',
  },
  asItMust: 'as it must',
  notAsItMust: (must: string) => `should be ${must}`,
  kept: (count: number) =>
    count === 1
      ? 'One more was left alone and is dead as before.'
      : `${count} more were left alone and are dead as before.`,
  stillDead: (count: number) =>
    count === 0 ? 'No dead letter is left.' : `Still dead: ${count}. plan dlq lists them.`,
  ended: (why: string) => `The replay did not come to its end: ${why}`,
};

const es: typeof en = {
  runOption: 'la carpeta de una ejecución (por defecto, la última que dejó dead letters)',
  kataOption: 'la kata, si hay varias que dejan dead letters',
  caseOption: 'el caso, si varios de la ejecución dejaron alguno',
  allOption: 'todos',
  brokenOption: 'no se arregla aquello por lo que fallaron: mueren otra vez',

  unknownAction: (action) => `No existe 'plan dlq ${action}'.`,
  noSuchKata: (kata) => `${kata} no deja dead letters.`,
  noKata: 'Aquí ninguna kata deja dead letters.',
  noRun: (kata) => `Aquí aún no hay ninguna ejecución de ${kata}, así que no hay dead letters.`,
  noneLeft: (kata) =>
    `Ninguna ejecución de ${kata} ha dejado aquí dead letters: dan vueltas, se pierden, o no llegó ninguno.`,
  noneInRun: (run) => `La ejecución ${run} no dejó dead letters.`,
  noCase: (name, names) =>
    `Ningún caso '${name}' de esta ejecución dejó dead letters; estos sí: ${names}.`,
  unknownLetter: (word, run) => `No hay ningún dead letter '${word}' en ${run}.`,
  showWhich: '¿Cuál? Un id o un número.',
  replayWhich: '¿Cuáles? Ids, números o --all.',
  bothAllAndIds: 'Da ids, o --all, pero no las dos cosas.',

  title: (kata, run, one) => `${kata} · dead letters de ${run}, ${one}`,
  allDone: (run) => `No queda ninguno: el reenvío ${run} los sacó todos adelante.`,
  n: '#',
  id: 'mensaje',
  reason: 'motivo',
  attempts: 'intentos',
  first: 'primer intento',
  last: 'último intento',
  age: 'edad',
  size: 'bytes',
  body: 'cuerpo',
  unknown: '–',
  otherCases: (count, one) => `Hay ${count} más en ${one}: --case ${one}`,
  hint: 'plan dlq show 1 lo cuenta todo de uno · plan dlq replay --all los reenvía',

  letter: (id, n) => `Dead letter ${n} · ${id}`,
  noId: 'sin message_id',
  headers: 'cabeceras',
  deaths: 'muertes, según el broker',
  death: (queue, reason, count) => `${reason} en ${queue}, ${count} ×`,
  found: (run, line, published) =>
    published === undefined
      ? `encontrado en la línea ${line} del historial de ${run}`
      : `publicado en la línea ${published} del historial, encontrado en la línea ${line}, de ${run}`,
  attempt: (n, at, answer, line) => `${n}  ${at}  ${answer}  · línea ${line}`,
  noAttempts: 'no hay ninguno en el historial',
  log: (slug) => `lo que ${slug} escribió de él`,
  noLog: 'nada',
  showHint: (n) => `plan dlq replay ${n} lo reenvía`,

  replayTitle: (count, mended) =>
    mended
      ? `${count} ${count === 1 ? 'reenviado' : 'reenviados'}, con el motivo del fallo ya arreglado`
      : `${count} ${count === 1 ? 'reenviado' : 'reenviados'}, sin nada arreglado`,
  outcome: 'acabó',
  became: {
    done: 'hecho',
    dead: 'muerto otra vez',
    waiting: 'aún en la cola',
    lost: 'perdido',
  },
  asItMust: 'como debe',
  notAsItMust: (must) => `debería estar ${must}`,
  kept: (count) =>
    count === 1
      ? 'Otro no se tocó y sigue muerto.'
      : `Otros ${count} no se tocaron y siguen muertos.`,
  stillDead: (count) =>
    count === 0
      ? 'No queda ningún dead letter.'
      : `Siguen muertos: ${count}. plan dlq los muestra.`,
  ended: (why) => `El reenvío no llegó a su fin: ${why}`,
};

export const dlqTexts = { en, es };
