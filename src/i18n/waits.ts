const en = {
  silent: (service: string, seconds: number) =>
    `${service} did not answer the lab within ${seconds} s.`,
  silentMend: 'plan doctor says how it is; plan services down and up start it afresh',
};

const es: typeof en = {
  silent: (service, seconds) => `${service} no respondió al laboratorio en ${seconds} s.`,
  silentMend: 'plan doctor dice cómo está; plan services down y up lo arrancan de nuevo',
};

export const waitsTexts = { en, es };
