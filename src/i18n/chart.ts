const en = {
  oneColumn: (ms: string) => `${ms} ms a column`,
  atMost: (n: number) => `at most ${n}`,
};

const es: typeof en = {
  oneColumn: (ms) => `${ms} ms por columna`,
  atMost: (n) => `${n} como mucho`,
};

export const chartTexts = { en, es };
