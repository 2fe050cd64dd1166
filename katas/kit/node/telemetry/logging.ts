import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';
import { logBy } from '../log.js';

/** What every line that is written meanwhile tells, however deep in the code. */
const about = new AsyncLocalStorage<Readonly<Record<string, string>>>();

/** One JSON object a line, each with the ids of what is being worked on. */
export const logger = pino({
  base: { service: process.env['OTEL_SERVICE_NAME'] },
  messageKey: 'message',
  formatters: { level: (label) => ({ level: label }) },
  mixin: () => about.getStore() ?? {},
});

// What the rest of the kit has to say, too: a line of plain text is none.
logBy((line) => logger.warn(line));

/** Adds to what is told, while the work goes on. */
export function withIds<T>(ids: Readonly<Record<string, string>>, work: () => T): T {
  return about.run({ ...about.getStore(), ...ids }, work);
}

/** What is told of that name, of what is being worked on. */
export function idNow(name: string): string | undefined {
  return about.getStore()?.[name];
}
