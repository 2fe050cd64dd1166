const en = {
  badAction: (action: string) => `'${action}' is none of up, down, status.`,
  given: (title: string, variable: string) => `${title} is the one that ${variable} names.`,
  drawn:
    'Without it: plan trace, report.html of each run, and plan doc kata-13 draw what there is.',
  feeds:
    'While it is up, runs feed it: plan run kata-13 --slo on. plan observe status --reveal shows passwords.',
};

const es: typeof en = {
  badAction: (action) => `'${action}' no es ninguno de up, down, status.`,
  given: (title, variable) => `${title} es el que indica ${variable}.`,
  drawn: 'Sin él: plan trace, report.html de cada ejecución y plan doc kata-13 dibujan lo que hay.',
  feeds:
    'Mientras está en marcha, las ejecuciones lo alimentan: plan run kata-13 --slo on. plan observe status --reveal muestra las contraseñas.',
};

export const observeTexts = { en, es };
