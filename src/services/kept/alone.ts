import { servicesTexts } from '../../i18n/services.js';
import { texts } from '../../i18n/text.js';
import { serviceTitles, type ServiceName } from '../../kata/services.js';
import { readKept } from '../../register/kept.js';
import type { RunningService } from '../types.js';
import type { ServiceOptions } from '../ways.js';
import { claimKept } from './claim.js';

type Start<Service> = () => Promise<Service>;

/**
 * The kept service for this `plan` alone, where an experiment may end it: while another has it, this
 * one starts one of its own.
 */
export async function aloneOnKept<Service extends RunningService>(
  name: ServiceName,
  { signal, onProgress, onNotice = onProgress }: ServiceOptions,
  find: () => Promise<Start<Service> | undefined>,
): Promise<Start<Service> | undefined> {
  if (readKept(name) === undefined) return find();
  const claim = await claimKept(name, signal);
  if (claim.holder !== undefined) {
    onNotice(texts(servicesTexts).keptInUse(serviceTitles[name], claim.holder.pid));
    return undefined;
  }
  const { release } = claim;
  try {
    const start = await find();
    if (start === undefined) release();
    return start && (() => starting(start, release));
  } catch (error) {
    release();
    throw error;
  }
}

async function starting<Service extends RunningService>(
  start: Start<Service>,
  release: () => void,
): Promise<Service> {
  try {
    const service = await start();
    const stop = (): Promise<void> => service.stop().finally(release);
    return { ...service, stop };
  } catch (error) {
    release();
    throw error;
  }
}
