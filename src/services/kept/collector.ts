import { serviceNames } from '../../kata/services.js';
import { readKept } from '../../register/kept.js';

/** Where a kept server takes spans, if one is kept that does. */
export function keptCollector(): string | undefined {
  return serviceNames.map((name) => readKept(name)?.record.settings['otlp']).find(Boolean);
}
