const en = {
  answered: 'answered',
  unanswered: 'no answer',
  atMost: (n: number) => `at most ${n}`,
  oneColumn: (ms: string) => `faults and answers, ${ms} ms a column`,
  lanes: (going: string, dead: string) => `a lane a role: ${going} under a fault, ${dead} killed`,
};

const es: typeof en = {
  answered: 'respondidas',
  unanswered: 'sin respuesta',
  atMost: (n) => `${n} como mucho`,
  oneColumn: (ms) => `fallos y respuestas, ${ms} ms por columna`,
  lanes: (going, dead) => `una línea por rol: ${going} bajo un fallo, ${dead} muerto`,
};

export const timelineTexts = { en, es };
