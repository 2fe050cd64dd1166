import { counted } from './words.js';

/** The learner's journal: what `plan doc` writes into it, and what it says on the terminal. */
const en = {
  dashboard: 'The dashboard',
  // faults
  noRuns: (kata: string) => `There is no stored run of ${kata} to write down yet.`,
  noRunsMend: (kata: string) => `plan run ${kata}, then plan doc ${kata}`,
  notWritten: (file: string, why: string) =>
    `${file} could not be written, and is as it was: ${why}`,
  notWrittenMend: (folder: string) => `see what is in the way: ls -la ${folder}`,
  keepsChanging: 'something else keeps writing it',
  utf16: (file: string) => `${file} is not UTF-8 but UTF-16. It was left as it is.`,
  utf16Mend: 'save it as UTF-8 in your editor, then type it again',
  noTemplate: (file: string) => `The page's template is missing: ${file}`,
  noTemplateMend: 'git checkout fixtures/templates, or clone again',
  // the page
  region: {
    failure: 'the failure observed',
    implementation: 'language and tools',
    code: 'key code',
    results: 'results',
    transcripts: 'step by step',
    architecture: 'architecture',
    sequences: 'sequences',
    requirements: 'requirements',
  },
  keptHead: (region: string) =>
    `> **${region}, as you had edited it.** plan renewed its own text above; yours is kept here.`,
  appendedHead: '### What plan measured',
  failureIn: (name: string, when: string) => `In ${name}, run of ${when}, this rule broke:`,
  historyLines: (file: string, lines: readonly number[]) =>
    `${file}, ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}:`,
  failureNone: (kata: string) =>
    `These runs show no failure. \`plan run ${kata}\` shows one: the naive strategy, before its cures.`,
  language: 'Language',
  tools: 'Tools',
  judged: 'Judged',
  reference: 'reference',
  own: 'my own',
  mixed: 'my own among references',
  codeOf: (strategy: string, kind: string, runtime: string) => `${strategy} (${kind}, ${runtime})`,
  held: (conditions: string) => `It held with ${conditions}.`,
  heldPlain: 'It held.',
  lowestP99: 'It held, and had the lowest p99 of the cures that did.',
  sources: (hash: string) => `SHA-256 of its sources: \`${hash}…\``,
  moreLines: (count: number) => counted.en(count, 'more line', 'more lines'),
  changedSince: (hash: string) =>
    `The sources have changed since they were judged (they are \`${hash}…\` now); what follows is today's code.`,
  noneHeld: 'No case of these runs held, so there is no cure to show yet.',
  noSource: (path: string, hash: string) =>
    `The file with the strategy was not found in ${path} (sources judged: \`${hash}…\`). Put the lines that matter below.`,
  lesson: 'The lesson',
  singleRun: 'Run with the reference',
  ownRun: 'My own implementation',
  runOf: (when: string, folder: string) => `${when}, ${folder}`,
  typed: 'Typed',
  environment: 'Environment',
  memory: (gigabytes: string) => `${gigabytes} GB of memory`,
  cores: (count: number) => counted.en(count, 'core', 'cores'),
  seed: 'seed',
  latencyNote:
    'Latencies in milliseconds, from the intended send time. A percentile that the samples do not carry is left out (–).',
  generatorNote: 'CPU and memory of the implementation and full histograms are in the run folder.',
  conditions: 'Conditions',
  // guiding questions; a kata may bring its own
  problem: 'In my own words: which failure of architecture is this, and why does no log show it?',
  time: 'How long did it take, and which part took the longest?',
  worked: 'What worked, and how do I know that it was not luck?',
  failed: 'What failed on the way, and what did I believe until then?',
  tradeOffs: 'What does each cure cost, and whom? Which one would I choose when?',
  realWorld: 'Where would I use this in production, and where not? What would I watch there?',
  // the terminal
  created: (file: string) => `${file} is new.`,
  renewed: (file: string, parts: string) => `${file}: renewed ${parts}.`,
  unchanged: (file: string) => `${file} says the same already; nothing was changed.`,
  appended: (file: string) =>
    `${file} had no part of plan's, so they were added at its end. You may move them.`,
  openQuestions: 'What is yours to write stands there as questions in italics.',
  edited: (part: string, lines: string) =>
    `You had edited "${part}" (lines ${lines}). Your version is kept below the new one.`,
  damaged: (part: string, lines: string) =>
    `"${part}" was left as it is: its comment lines do not pair up (lines ${lines}).`,
  damagedMend: (region: string) =>
    `keep one <!-- plan:${region} --> and, after it, one <!-- /plan:${region} -->, each alone on its line`,
  repeated: (part: string, lines: string) =>
    `"${part}" was left as it is: it is there more than once (lines ${lines}).`,
  repeatedMend: (region: string) =>
    `to keep a copy as your own text, delete the two plan:${region} comment lines around it`,
  removed: (part: string) => `"${part}" is no longer on the page, and stays out.`,
  removedMend: (region: string) =>
    `to have it back, put these two lines where it should go: <!-- plan:${region} --> and <!-- /plan:${region} -->`,
  unreadableRun: (folder: string) => `The run in ${folder} cannot be read; it was passed over.`,
};

const es: typeof en = {
  dashboard: 'El panel de métricas',
  noRuns: (kata) => `Todavía no hay ninguna ejecución guardada de ${kata} que anotar.`,
  noRunsMend: (kata) => `plan run ${kata}, y después plan doc ${kata}`,
  notWritten: (file, why) => `No se pudo escribir ${file}, que sigue como estaba: ${why}`,
  notWrittenMend: (folder) => `mira qué estorba: ls -la ${folder}`,
  keepsChanging: 'otro programa no deja de escribirlo',
  utf16: (file) => `${file} no está en UTF-8, sino en UTF-16. Se dejó como está.`,
  utf16Mend: 'guárdalo como UTF-8 en tu editor y repite la orden',
  noTemplate: (file) => `Falta la plantilla de la página: ${file}`,
  noTemplateMend: 'git checkout fixtures/templates, o clona otra vez',
  region: {
    failure: 'el fallo observado',
    implementation: 'lenguaje y herramientas',
    code: 'código clave',
    results: 'resultados',
    transcripts: 'paso a paso',
    architecture: 'arquitectura',
    sequences: 'secuencias',
    requirements: 'requisitos',
  },
  keptHead: (region) =>
    `> **${region}, como tú lo habías editado.** plan renovó su texto arriba; el tuyo se conserva aquí.`,
  appendedHead: '### Lo que plan midió',
  failureIn: (name, when) => `En ${name}, ejecución del ${when}, se rompió esta regla:`,
  historyLines: (file, lines) =>
    `${file}, ${lines.length === 1 ? 'línea' : 'líneas'} ${lines.join(', ')}:`,
  failureNone: (kata) =>
    `Estas ejecuciones no muestran ningún fallo. \`plan run ${kata}\` muestra uno: la estrategia ingenua, antes de sus curas.`,
  language: 'Lenguaje',
  tools: 'Herramientas',
  judged: 'Juzgada',
  reference: 'referencia',
  own: 'la mía',
  mixed: 'la mía entre referencias',
  codeOf: (strategy, kind, runtime) => `${strategy} (${kind}, ${runtime})`,
  held: (conditions) => `Se cumplió con ${conditions}.`,
  heldPlain: 'Se cumplió.',
  lowestP99: 'Se cumplió, y tuvo el p99 más bajo de las curas que lo lograron.',
  sources: (hash) => `SHA-256 de sus fuentes: \`${hash}…\``,
  moreLines: (count) => counted.es(count, 'línea más', 'líneas más'),
  changedSince: (hash) =>
    `Las fuentes han cambiado desde que se juzgaron (ahora son \`${hash}…\`); lo que sigue es el código de hoy.`,
  noneHeld: 'En estas ejecuciones no se cumplió ningún caso, así que aún no hay cura que mostrar.',
  noSource: (path, hash) =>
    `No se encontró el fichero de la estrategia en ${path} (fuentes juzgadas: \`${hash}…\`). Pon abajo las líneas que importan.`,
  lesson: 'La lección',
  singleRun: 'Ejecución con la referencia',
  ownRun: 'Mi implementación',
  runOf: (when, folder) => `${when}, ${folder}`,
  typed: 'Orden',
  environment: 'Entorno',
  memory: (gigabytes) => `${gigabytes} GB de memoria`,
  cores: (count) => counted.es(count, 'núcleo', 'núcleos'),
  seed: 'semilla',
  latencyNote:
    'Latencias en milisegundos, desde el momento previsto de envío. Un percentil que las muestras no sostienen se omite (–).',
  generatorNote:
    'La CPU y la memoria de la implementación y los histogramas completos están en la carpeta de la ejecución.',
  conditions: 'Condiciones',
  problem:
    'Con mis palabras: ¿qué fallo de arquitectura es este, y por qué no lo muestra ningún log?',
  time: '¿Cuánto me llevó, y qué parte más que ninguna?',
  worked: '¿Qué funcionó, y cómo sé que no fue suerte?',
  failed: '¿Qué falló por el camino, y qué creía yo hasta entonces?',
  tradeOffs: '¿Qué cuesta cada cura, y a quién? ¿Cuál elegiría en cada situación?',
  realWorld: '¿Dónde usaría esto en producción, y dónde no? ¿Qué vigilaría allí?',
  created: (file) => `${file} es nuevo.`,
  renewed: (file, parts) => `${file}: renovado ${parts}.`,
  unchanged: (file) => `${file} ya dice lo mismo; no se cambió nada.`,
  appended: (file) =>
    `${file} no tenía ninguna parte de plan, así que se añadieron al final. Puedes moverlas.`,
  openQuestions: 'Lo que te toca escribir a ti está ahí como preguntas en cursiva.',
  edited: (part, lines) =>
    `Habías editado «${part}» (líneas ${lines}). Tu versión se conserva debajo de la nueva.`,
  damaged: (part, lines) =>
    `«${part}» se dejó como está: sus líneas de comentario no casan (líneas ${lines}).`,
  damagedMend: (region) =>
    `deja un <!-- plan:${region} --> y, después, un <!-- /plan:${region} -->, cada uno solo en su línea`,
  repeated: (part, lines) =>
    `«${part}» se dejó como está: aparece más de una vez (líneas ${lines}).`,
  repeatedMend: (region) =>
    `para conservar una copia como texto tuyo, borra las dos líneas de comentario plan:${region} que la rodean`,
  removed: (part) => `«${part}» ya no está en la página, y así se queda.`,
  removedMend: (region) =>
    `para recuperarlo, pon estas dos líneas donde deba ir: <!-- plan:${region} --> y <!-- /plan:${region} -->`,
  unreadableRun: (folder) => `La ejecución de ${folder} no se puede leer; se pasó por alto.`,
};

export const journalTexts = { en, es };
