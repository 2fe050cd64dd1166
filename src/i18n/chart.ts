const en = {
  oneColumn: (ms: string) => `${ms} ms a column`,
  atMost: (n: number, unit?: string) => `at most ${unit === undefined ? n : `${n} ${unit}`}`,
};

const es: typeof en = {
  oneColumn: (ms) => `${ms} ms por columna`,
  atMost: (n, unit) => `${unit === undefined ? n : `${n} ${unit}`} como mucho`,
};

export const chartTexts = { en, es };
