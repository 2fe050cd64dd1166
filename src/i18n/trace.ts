import { counted } from './words.js';

/** `plan trace`: all that is known of one request. */
const en = {
  runOption: 'of which run (default: the last one whose programs told of themselves)',
  caseOption: 'of one case of the run: its name, or its strategy',
  slowestOption: 'the one that took longest (so it is where no id is given)',
  failedOption: 'the first one in which something failed',
  title: (kata: string, run: string, slug: string) => `${kata}: ${run}, ${slug}`,

  total: (ms: string, spans: number, services: number) =>
    `${ms} ms, ${spans} ${spans === 1 ? 'span' : 'spans'} of ${services} ${services === 1 ? 'service' : 'services'}`,
  first: (name: string, ms: string) =>
    `It was the first one: the programs were still starting up (connections, first calls). Of the others ${name} took longest, ${ms}.`,
  noSpans: 'No program has told of it.',
  linked: 'linked',
  gaps: 'Gaps',
  cut: (service: string, span: string, trace: string) =>
    `the thread is cut: "${span}" of ${service} begins a trace of its own, ${trace}`,
  orphan: (service: string, span: string, parent: string) =>
    `the parent ${parent} of "${span}" (${service}) was told by nobody`,
  lines: 'Lines that name it',
  moreLines: (n: number) => `… ${n} more`,
  moreOfStack: (n: number) => `… ${counted.en(n, 'more line', 'more lines')}`,
  seen: 'What the lab saw, in milliseconds since the case began',
  kinds: { asked: 'asked', answered: 'answered', message: 'message', note: 'noted' },
  hint: 'plan trace <id> finds another one: by the id of its order, its request or its trace.',
  // faults
  noTraces: (run: string) => `In ${run} no program was asked to tell of itself.`,
  noKata: 'No run is stored here whose programs told of themselves.',
  unknown: (name: string, run: string) => `Nothing of '${name}' was seen in ${run}.`,
  noneFailed: (run: string) => `In ${run} no span is marked as failed.`,
  noCase: (name: string, known: string) => `The run has no case '${name}'. It has these: ${known}`,
  tooMany: 'An id, --slowest and --failed each name one: only one of them at a time.',
};

const es: typeof en = {
  runOption: 'de qué ejecución (por defecto: la última cuyos programas contaron algo de sí)',
  caseOption: 'de un caso de la ejecución: su nombre o su estrategia',
  slowestOption: 'la que más tardó (es la que sale si no se da un id)',
  failedOption: 'la primera en la que algo falló',
  title: (kata, run, slug) => `${kata}: ${run}, ${slug}`,

  total: (ms, spans, services) =>
    `${ms} ms, ${spans} ${spans === 1 ? 'span' : 'spans'} de ${services} ${services === 1 ? 'servicio' : 'servicios'}`,
  first: (name, ms) =>
    `Fue la primera: los programas aún estaban arrancando (conexiones, primeras llamadas). De las demás, la que más tardó fue ${name}: ${ms}.`,
  noSpans: 'Ningún programa contó nada de ella.',
  linked: 'enlazado',
  gaps: 'Huecos',
  cut: (service, span, trace) =>
    `el hilo se corta: "${span}" de ${service} empieza una traza propia, ${trace}`,
  orphan: (service, span, parent) => `del padre ${parent} de "${span}" (${service}) no habló nadie`,
  lines: 'Líneas que la nombran',
  moreLines: (n) => `… ${n} más`,
  moreOfStack: (n) => `… ${counted.es(n, 'línea más', 'líneas más')}`,
  seen: 'Lo que vio el laboratorio, en milisegundos desde el inicio del caso',
  kinds: { asked: 'pregunta', answered: 'respuesta', message: 'mensaje', note: 'nota' },
  hint: 'plan trace <id> busca otra: por el id de su pedido, de su petición o de su traza.',
  noTraces: (run) => `En ${run} no se pidió a ningún programa que contara nada de sí.`,
  noKata: 'Aquí no hay guardada ninguna ejecución cuyos programas contaran algo de sí.',
  unknown: (name, run) => `De '${name}' no se vio nada en ${run}.`,
  noneFailed: (run) => `En ${run} ningún span está marcado como fallido.`,
  noCase: (name, known) => `La ejecución no tiene el caso '${name}'. Tiene estos: ${known}`,
  tooMany: 'Un id, --slowest y --failed nombran una cada uno: solo uno de ellos a la vez.',
};

export const traceTexts = { en, es };
