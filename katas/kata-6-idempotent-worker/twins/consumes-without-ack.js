// no_ack: for the broker everything is done as soon as it is sent.
import { run, takeOnce } from './twin.mjs';

run((message) => takeOnce(message).catch((error) => console.error(error.message)), { noAck: true });
