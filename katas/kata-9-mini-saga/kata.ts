import { defineKata, integer } from '../../src/kata/index.js';
import { acts, actsOfLesson, calls, messages, sequence } from './contract.js';
import { experiment } from './experiment.js';
import { check } from './rules.js';

export const kata = defineKata({
  id: 'kata-9',
  item: 'm4.b1.kata-9',
  title: { en: 'Mini saga', es: 'Mini saga' },
  conditions: ({ orders, users, deadlineMs }) => ({
    en: `${orders} orders, ${users} at once, through three services; deadline ${deadlineMs} ms; then everything that can go wrong`,
    es: `${orders} pedidos, ${users} a la vez, por tres servicios; plazo de ${deadlineMs} ms; después, todo lo que puede ir mal`,
  }),
  services: ['postgres', 'rabbitmq'],
  languages: ['node', 'go'],
  programs: {
    order: {
      title: { en: 'Orders', es: 'Pedidos' },
      languages: ['node', 'go'],
    },
    payment: {
      title: { en: 'Payments', es: 'Pagos' },
      languages: ['node', 'go'],
      routes: ['POST /payments', 'POST /refunds'],
    },
    inventory: {
      title: { en: 'Inventory', es: 'Inventario' },
      languages: ['node', 'go'],
      routes: ['POST /reservations', 'POST /releases'],
    },
  },
  strategies: {
    'sync-chain': {
      en: 'HTTP calls in a row, nothing remembered',
      es: 'llamadas HTTP en cadena, sin recordar nada',
    },
    'no-compensation': {
      en: 'events, and nobody undoes anything',
      es: 'eventos, y nadie deshace nada',
    },
    choreography: {
      en: 'each service reacts to events, and undoes its own',
      es: 'cada servicio reacciona a eventos y deshace lo suyo',
    },
    orchestration: {
      en: 'a state machine in the order database commands the others',
      es: 'una máquina de estados en la base de pedidos manda a los demás',
    },
  },
  defaultStrategy: 'sync-chain',
  options: {
    orders: integer({
      default: 40,
      min: 1,
      max: 20_000,
      help: { en: 'orders of the measured load', es: 'pedidos de la carga medida' },
    }),
    users: integer({
      default: 8,
      min: 1,
      max: 100,
      help: { en: 'orders under way at once', es: 'pedidos en curso a la vez' },
    }),
    deadlineMs: integer({
      default: 3_000,
      min: 500,
      max: 30_000,
      help: {
        en: 'after so long a pending order is given up',
        es: 'pasado este tiempo se abandona un pedido pendiente',
      },
    }),
  },
  lesson: [
    { strategy: 'sync-chain' },
    { strategy: 'no-compensation' },
    { strategy: 'choreography' },
    { strategy: 'orchestration' },
  ],
  lessonActs: actsOfLesson,
  expect(strategy) {
    // An order whose chain broke is left as it is: what it was paid with as well.
    if (strategy === 'sync-chain')
      return { verdict: 'violated', by: 'every-order-ends', with: ['given-up-in-time'] };
    if (strategy === 'no-compensation')
      return { verdict: 'violated', by: 'rejected-keeps-nothing', with: [] };
    return { verdict: 'holds' };
  },
  columns: [
    { figure: 'confirmed', head: { en: 'confirmed', es: 'confirmados' } },
    { figure: 'rejected', head: { en: 'rejected', es: 'rechazados' } },
    { figure: 'pending', head: { en: 'left pending', es: 'sin terminar' } },
    { figure: 'compensations', head: { en: 'undone', es: 'deshechos' } },
    { figure: 'confirmedP50', head: { en: 'confirmed p50 ms', es: 'confirmado p50 ms' } },
    { figure: 'confirmedP95', head: { en: 'p95', es: 'p95' } },
    { figure: 'confirmedP99', head: { en: 'p99', es: 'p99' } },
    { figure: 'rejectedP50', head: { en: 'rejected p50 ms', es: 'rechazado p50 ms' } },
    { figure: 'messagesPerOrder', head: { en: 'messages/order', es: 'mensajes/pedido' } },
    { figure: 'ordersPerSecond', head: { en: 'orders/s', es: 'pedidos/s' } },
  ],
  acts,
  messages,
  calls,
  sequence,

  experiment,
  check,

  questions: {
    problem: {
      en: 'In my own words: who owed whom what after the crash of the witness, and why could no service know it by itself? What does a rollback have that a compensation has not?',
      es: 'Con mis palabras: ¿quién le debía qué a quién tras la caída del testigo, y por qué ningún servicio podía saberlo solo? ¿Qué tiene un rollback que no tiene una compensación?',
    },
    tradeOffs: {
      en: 'Choreography or orchestration? Messages an order, time to the end, and: in which of the two do I find out at night how far order 17 is? What does a fourth service change in each?',
      es: '¿Coreografía u orquestación? Mensajes por pedido, tiempo hasta el final y: ¿en cuál de las dos averiguo de noche por dónde va el pedido 17? ¿Qué cambia un cuarto servicio en cada una?',
    },
    realWorld: {
      en: 'Which step of my own systems cannot be undone (a mail, a parcel)? Where would the pivot be, and what must come before it?',
      es: '¿Qué paso de mis sistemas no se puede deshacer (un correo, un paquete)? ¿Dónde estaría el pivote, y qué tiene que ir antes?',
    },
  },
});
