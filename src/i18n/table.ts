const en = {
  leftOut: (heads: string) => `More columns with --wide: ${heads}`,
};

const es: typeof en = {
  leftOut: (heads) => `Más columnas con --wide: ${heads}`,
};

export const tableTexts = { en, es };
