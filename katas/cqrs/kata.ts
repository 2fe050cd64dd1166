import { choice, defineKata, integer } from '../../src/kata/index.js';
import { acts, actsOfLesson, asksTheWriteSide, messages, whenCut } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'cqrs',
  item: 'm4.b2.practice-1',
  title: { en: 'A read view (CQRS)', es: 'Una vista de lectura (CQRS)' },
  conditions: ({ writes, reads, users, whenCut }) => ({
    en: `${writes} writes and ${reads} reads, ${users} of each at once; then a stream that repeats, reorders and breaks; when cut off: ${whenCut}`,
    es: `${writes} escrituras y ${reads} lecturas, ${users} de cada a la vez; después, un stream que repite, desordena y se corta; aislada: ${whenCut}`,
  }),
  services: ['postgres', 'rabbitmq'],
  languages: ['node', 'go'],
  programs: {
    order: {
      title: { en: 'Orders, the write side', es: 'Pedidos, el lado de escritura' },
      languages: ['node', 'go'],
      routes: ['GET /customers/{customer}/orders', 'GET /customers/{customer}/summary'],
      clientRoutes: ['PUT /orders/{order}', 'DELETE /orders/{order}'],
      given: true,
    },
    view: {
      title: { en: 'The read view', es: 'La vista de lectura' },
      languages: ['node', 'go'],
      clientRoutes: ['GET /customers/{customer}/orders', 'GET /customers/{customer}/summary'],
    },
  },
  messages,
  strategies: {
    [asksTheWriteSide]: {
      en: 'no view: each question goes to the write side',
      es: 'sin vista: cada pregunta va al lado de escritura',
    },
    'naive-projection': {
      en: 'adds up what comes',
      es: 'va sumando lo que llega',
    },
    'idempotent-projection': {
      en: 'drops what comes twice, and trusts the order',
      es: 'descarta lo repetido y se fía del orden',
    },
    'versioned-projection': {
      en: 'takes from each event only what is newer than what it has',
      es: 'de cada evento toma solo lo que es más nuevo que lo que tiene',
    },
  },
  costs: {
    [asksTheWriteSide]: {
      en: 'the reads are paid for by the writes',
      es: 'las lecturas las pagan las escrituras',
    },
    'versioned-projection': {
      en: 'a second store, and answers that lag',
      es: 'un segundo almacén, y respuestas que llegan con retraso',
    },
  },
  predict: {
    strategy: 'versioned-projection',
    figure: 'lagP50',
    question: {
      en: 'A client is told 202 by the write side. How many milliseconds later does the view show it (p50)?',
      es: 'El lado de escritura responde 202. ¿Cuántos milisegundos después lo muestra la vista (p50)?',
    },
  },
  defaultStrategy: 'versioned-projection',
  options: {
    writes: integer({
      default: 120,
      min: 6,
      max: 20_000,
      help: { en: 'writes of the measured load', es: 'escrituras de la carga medida' },
    }),
    reads: integer({
      default: 300,
      min: 10,
      max: 100_000,
      help: { en: 'reads of the measured load', es: 'lecturas de la carga medida' },
    }),
    users: integer({
      default: 4,
      min: 1,
      max: 100,
      help: { en: 'so many write, and as many read', es: 'cuántos escriben, y otros tantos leen' },
    }),
    waitMs: integer({
      default: 1_000,
      min: 500,
      max: 5_000,
      help: {
        en: 'milliseconds that a read waits for what its token names',
        es: 'milisegundos que una lectura espera a lo que nombra su token',
      },
    }),
    whenCut: choice(whenCut, {
      default: 'refuse',
      picksCase: true,
      help: {
        en: 'what the view does while it is cut off from the broker',
        es: 'qué hace la vista mientras está aislada del broker',
      },
    }),
  },
  lesson: [
    { strategy: asksTheWriteSide },
    { strategy: 'naive-projection' },
    { strategy: 'idempotent-projection' },
    { strategy: 'versioned-projection' },
    { strategy: 'versioned-projection', whenCut: 'stale' },
  ],
  lessonActs: actsOfLesson,
  expect(strategy) {
    if (strategy === 'naive-projection')
      return {
        verdict: 'violated',
        by: 'view-equals-the-fold',
        with: ['no-reader-sees-less'],
      };
    if (strategy === 'idempotent-projection')
      return {
        verdict: 'violated',
        by: 'no-reader-sees-less',
        with: ['view-equals-the-fold'],
      };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'writeP50', head: { en: 'write p50 ms', es: 'escribir p50 ms' } },
    { figure: 'writeP99', head: { en: 'write p99', es: 'escribir p99' } },
    { figure: 'lagP50', head: { en: 'lag p50 ms', es: 'retraso p50 ms' } },
    { figure: 'lagP95', head: { en: 'lag p95', es: 'retraso p95' } },
    { figure: 'lagP99', head: { en: 'lag p99', es: 'retraso p99' } },
    { figure: 'answeredWhenCut', head: { en: 'cut: answered %', es: 'aislada: responde %' } },
    { figure: 'oldestWhenCut', head: { en: 'cut: oldest ms', es: 'aislada: más vieja ms' } },
  ],
  acts,

  experiment,
  check,

  questions: {
    problem: {
      en: 'In my own words: what did the write side pay for the questions, as its p99 shows? And what does the view not know, at the moment in which it answers?',
      es: 'Con mis palabras: ¿qué pagó el lado de escritura por las preguntas, según su p99? ¿Y qué es lo que la vista no sabe en el momento en que responde?',
    },
    tradeOffs: {
      en: 'Refuse or answer with what is old: which of my readers would want which, and who decides it? What would a second view cost, and what would it cost to change the form of an event?',
      es: '¿Negarse o responder con lo viejo? ¿Qué lector mío querría cada cosa, y quién lo decide? ¿Qué costaría una segunda vista, y qué costaría cambiar la forma de un evento?',
    },
    realWorld: {
      en: 'Where in my systems is a read model already, under another name (a cache, a search index, a report at night)? From what could I rebuild it, and how long would that take?',
      es: '¿Dónde hay ya en mis sistemas un modelo de lectura con otro nombre (una caché, un índice de búsqueda, un informe nocturno)? ¿Desde qué podría reconstruirlo, y cuánto tardaría?',
    },
  },
});
