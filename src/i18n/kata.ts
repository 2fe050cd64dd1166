const en = {
  unknownKata: (id: string) => `There is no kata '${id}' in this lab.`,
  didYouMean: (id: string) => `did you mean ${id}? plan list shows them all`,
  seeList: 'plan list shows which there are, and which are still to come',
};

const es: typeof en = {
  unknownKata: (id) => `En este laboratorio no hay ninguna kata '${id}'.`,
  didYouMean: (id) => `¿querías decir ${id}? plan list las muestra todas`,
  seeList: 'plan list muestra las que hay y las que faltan por llegar',
};

export const kataTexts = { en, es };
