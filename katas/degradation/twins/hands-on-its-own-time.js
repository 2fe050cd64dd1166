import { gateway } from './twin.mjs';

// Always the usual time, whatever the client gave.
gateway(({ timeoutMs }) => ({ handedOn: () => timeoutMs }));
