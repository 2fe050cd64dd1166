import { defineKata, integer } from '../../src/kata/index.js';
import { causeTexts } from './contract/causes.js';
import { messages, ordersASecond, lastsMs, queue } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';
import { evidenceOf } from './rules/evidence.js';
import { openingOf } from './rules/opening.js';
import { causeOf } from './contract/seal.js';

/** Played by `plan mystery`: a shop like kata 13's, with one thing wrong in it. */
export const kata = defineKata({
  id: 'mystery',
  title: { en: 'Find the cause', es: 'Encuentra la causa' },
  conditions: () => ({
    en: `${ordersASecond} orders a second for ${lastsMs / 1000} s`,
    es: `${ordersASecond} pedidos por segundo durante ${lastsMs / 1000} s`,
  }),
  services: ['postgres', 'rabbitmq'],
  telemetry: true,
  languages: ['node'],
  programs: {
    api: {
      title: { en: 'The edge', es: 'La entrada' },
      languages: ['node'],
      services: ['rabbitmq'],
      clientRoutes: ['POST /orders', 'GET /metrics'],
    },
    worker: {
      title: { en: 'The worker', es: 'El trabajador' },
      languages: ['node'],
      clientRoutes: ['GET /metrics'],
      queue,
    },
  },
  messages,
  strategies: {
    full: {
      en: 'one thread from the request to the row',
      es: 'un solo hilo de la petición a la fila',
    },
  },
  defaultStrategy: 'full',
  options: {
    number: integer({
      default: 1,
      min: 1,
      max: 2 ** 31 - 1,
      help: { en: 'which mystery', es: 'qué misterio' },
    }),
  },
  lesson: [{ strategy: 'full' }],
  expect: () => ({ verdict: 'holds' }),
  columns: [],
  mystery: {
    number: 'number',
    causes: causeTexts,
    causeOf,
    evidence: evidenceOf,
    opening: openingOf,
  },
  experiment,
  check,
});
