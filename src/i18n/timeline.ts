const en = {
  answered: 'answered',
  unanswered: 'no answer',
  atMost: (n: number) => `at most ${n}`,
  oneColumn: (ms: string) => `faults and answers, ${ms} ms a column`,
  lanes: (going: string, dead: string) => `a lane a role: ${going} under a fault, ${dead} killed`,
  network: 'network',
  /** Faults and what they hit, by the words that are stored. */
  words: { 'black-hole': 'black hole', 'broker-killed': 'killed' } as Readonly<
    Record<string, string>
  >,
};

const es: typeof en = {
  answered: 'respondidas',
  unanswered: 'sin respuesta',
  atMost: (n) => `${n} como mucho`,
  oneColumn: (ms) => `fallos y respuestas, ${ms} ms por columna`,
  lanes: (going, dead) => `una línea por rol: ${going} bajo un fallo, ${dead} muerto`,
  network: 'red',
  words: {
    delay: 'retraso',
    limit: 'límite',
    cut: 'corte',
    'black-hole': 'agujero negro',
    hold: 'retención',
    freeze: 'congelado',
    partition: 'aislado',
    killed: 'muerto',
    'broker-killed': 'muerto',
    program: 'programa',
    database: 'base de datos',
  },
};

export const timelineTexts = { en, es };
