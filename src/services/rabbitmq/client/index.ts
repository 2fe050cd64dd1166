export { openBroker } from './broker.js';
export { noBroker } from './no-broker.js';
