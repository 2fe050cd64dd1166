// Told to stop, it waits until its hands are empty, and goes on to fill them meanwhile.
import { close, consume, handsEmpty, honest, live } from './twin.mjs';

await consume(honest, { takesOn: true });
live(async () => {
  await handsEmpty();
  await close();
});
