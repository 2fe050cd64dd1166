const en = {
  noPackage: (service: string, version: string, oldest: string) =>
    `The package system here offers ${service} ${version}; it must be ${oldest} or newer.`,
  fetchingLists: "Fetching the distribution's lists of packages into the cache …",
  fetching: (what: string, megabytes: string) =>
    `Fetching ${what} from the distribution's packages into the cache, ${megabytes} MB, once …`,
  fetched: (what: string, now: string, all: string) => `Fetching ${what}: ${now} of ${all} MB …`,
  notFetched: (service: string, why: string) =>
    `The packages of ${service} could not be fetched. apt says:\n${why}`,
};

const es: typeof en = {
  noPackage: (service, version, oldest) =>
    `Aquí el sistema de paquetes ofrece ${service} ${version}; tiene que ser ${oldest} o más nuevo.`,
  fetchingLists: 'Descargando a la caché las listas de paquetes de la distribución …',
  fetching: (what, megabytes) =>
    `Descargando ${what} de los paquetes de la distribución a la caché, ${megabytes} MB, solo esta vez …`,
  fetched: (what, now, all) => `Descargando ${what}: ${now} de ${all} MB …`,
  notFetched: (service, why) =>
    `No se pudieron descargar los paquetes de ${service}. apt dice:\n${why}`,
};

/** What is fetched from a distribution's packages without being installed. */
export const packagesTexts = { en, es };
