const en = {
  notBuilt: 'The program is not built: its study plan is missing under dist/.',
  buildIt: 'npm run build',
};

const es: typeof en = {
  notBuilt: 'El programa no está compilado: falta su plan de estudio en dist/.',
  buildIt: 'npm run build',
};

export const curriculumTexts = { en, es };
