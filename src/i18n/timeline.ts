const en = {
  answered: 'answered',
  unanswered: 'no answer',
  atMost: (n: number) => `at most ${n}`,
  oneColumn: (ms: string) => `faults and answers, ${ms} ms a column`,
};

const es: typeof en = {
  answered: 'respondidas',
  unanswered: 'sin respuesta',
  atMost: (n) => `${n} como mucho`,
  oneColumn: (ms) => `fallos y respuestas, ${ms} ms por columna`,
};

export const timelineTexts = { en, es };
