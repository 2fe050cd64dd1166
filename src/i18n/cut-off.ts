import { counted } from './words.js';

/** A run that was cut off: what it has left. */
const en = {
  goesOn: (run: string, pid: number) => `${run} is still going on, in process ${pid}.`,
  goesOnMend: (run: string) => `wait for its end, or end it; then plan recheck ${run}`,
  cutOff:
    'This run was cut off: plan was killed, or its machine went down, before it had come to its end. There is no verdict.',
  again: 'run it again',
  case: 'case',
  state: 'state',
  over: 'had ended',
  'under-way': 'was under way',
  'not-begun': 'had not begun',
  inAct: (act: string) => `in the act ${act}`,
  saw: 'what it saw',
  seen: (events: number, requests: number, open: number) =>
    `${counted.en(events, 'event', 'events')}: ${counted.en(requests, 'request', 'requests')}, ${open} of them without an answer`,
  until: (ms: string) => `until ${ms} ms after its beginning`,
  nothing: 'nothing',
};

const es: typeof en = {
  goesOn: (run, pid) => `${run} sigue en marcha, en el proceso ${pid}.`,
  goesOnMend: (run) => `espera a que termine, o termínalo; después, plan recheck ${run}`,
  cutOff:
    'Esta ejecución quedó cortada: a plan lo mataron, o su máquina cayó, antes de que llegase a su fin. No hay veredicto.',
  again: 'ejecútala otra vez',
  case: 'caso',
  state: 'estado',
  over: 'había terminado',
  'under-way': 'estaba en marcha',
  'not-begun': 'no había empezado',
  inAct: (act) => `en el acto ${act}`,
  saw: 'lo que vio',
  seen: (events, requests, open) =>
    `${counted.es(events, 'evento', 'eventos')}: ${counted.es(requests, 'petición', 'peticiones')}, ${open} de ellas sin respuesta`,
  until: (ms) => `hasta ${ms} ms después de empezar`,
  nothing: 'nada',
};

export const cutOffTexts = { en, es };
