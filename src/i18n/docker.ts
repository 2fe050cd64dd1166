/** A service in a container. */
const en = {
  noEngine: 'No Docker engine answers on this machine.',
  noEngineMend: 'start Docker, or plan run … --services embedded',
  pulling: (image: string) => `Pulling the image ${image}`,
  pulled: (image: string, done: number, all: number) =>
    `Pulling the image ${image}: ${done} of ${all} MB`,
  starting: (service: string, image: string) => `Starting ${service} from the image ${image}`,
  noImage: (image: string, why: string) =>
    `The image ${image} is not on this machine, and it cannot be pulled: ${why}`,
  noImageMend: (variable: string) =>
    `${variable}=<an image that is here> names another one, or plan run … --services embedded needs none`,
  badImage: (variable: string, image: string) =>
    `${variable} is not the name of an image: '${image}'.`,
  badImageMend: (variable: string, usual: string) => `${variable}=${usual}, for example`,
  notReady: (service: string, image: string, seconds: number) =>
    `${service} from the image ${image} does not answer after ${seconds} s.`,
  stoppedEarly: (service: string, image: string, code: number) =>
    `The container of the image ${image} stopped with exit code ${code} before ${service} answered.`,
  notStarted: (image: string, why: string) =>
    `No container can be started from the image ${image}: ${why}`,
  notStartedMend: 'plan run … --services embedded needs no Docker',
  died: (service: string, code: number) =>
    `The container of ${service} stopped by itself with exit code ${code}.`,
  lastLines: 'The end of its log:',
  notRemoved: (name: string, why: string) => `The container ${name} could not be removed: ${why}`,
  notRemovedMend: (name: string) => `docker rm --force --volumes ${name}`,
};

const es: typeof en = {
  noEngine: 'En esta máquina no responde ningún motor de Docker.',
  noEngineMend: 'pon Docker en marcha, o plan run … --services embedded',
  pulling: (image) => `Descargando la imagen ${image}`,
  pulled: (image, done, all) => `Descargando la imagen ${image}: ${done} de ${all} MB`,
  starting: (service, image) => `Poniendo en marcha ${service} con la imagen ${image}`,
  noImage: (image, why) =>
    `La imagen ${image} no está en esta máquina y no se puede descargar: ${why}`,
  noImageMend: (variable) =>
    `${variable}=<una imagen que esté aquí> indica otra, o plan run … --services embedded no necesita ninguna`,
  badImage: (variable, image) => `${variable} no es el nombre de una imagen: '${image}'.`,
  badImageMend: (variable, usual) => `${variable}=${usual}, por ejemplo`,
  notReady: (service, image, seconds) =>
    `${service}, con la imagen ${image}, no responde después de ${seconds} s.`,
  stoppedEarly: (service, image, code) =>
    `El contenedor de la imagen ${image} se paró con el código de salida ${code} antes de que ${service} respondiera.`,
  notStarted: (image, why) =>
    `No se puede poner en marcha un contenedor de la imagen ${image}: ${why}`,
  notStartedMend: 'plan run … --services embedded no necesita Docker',
  died: (service, code) =>
    `El contenedor de ${service} se paró solo, con el código de salida ${code}.`,
  lastLines: 'El final de su log:',
  notRemoved: (name, why) => `No se pudo eliminar el contenedor ${name}: ${why}`,
  notRemovedMend: (name) => `docker rm --force --volumes ${name}`,
};

export const dockerTexts = { en, es };
