import { errorCode } from '../../base/errors.js';
import { runningTexts } from '../../i18n/running.js';
import { texts } from '../../i18n/text.js';
import { factsOf, type ServiceName } from '../../kata/services.js';
import type { Resource } from '../../register/entries.js';
import { readKept, serverOf } from '../../register/kept.js';
import { capabilityOf } from '../capabilities.js';

type LeftPlace = Extract<Resource, { kind: 'place' }>;

/** Ends what a case had for itself on a server. @returns why it could not be ended */
export async function endPlace(place: LeftPlace): Promise<string | undefined> {
  const { of, name, index, service, server } = place;
  const variable = factsOf(of)?.variable;
  // Nothing else is ever made, so nothing else is ever dropped.
  if (variable === undefined || !/^plan_\w+$/.test(name)) return texts(runningTexts).notOurs;
  const kept = service === 'kept' ? readKept(of as ServiceName) : undefined;
  const url = service === 'kept' ? kept?.url : process.env[variable];
  if (url === undefined || serverOf(url) !== server) {
    // With a kept server went all that was on it.
    return service === 'kept' ? undefined : texts(runningTexts).otherServer(variable);
  }
  try {
    const capability = await capabilityOf(of as ServiceName);
    await capability.endLeftover({ name, index, url, kept });
  } catch (error) {
    if (service !== 'kept' || errorCode(error) !== 'ECONNREFUSED') throw error;
  }
  return undefined;
}

export async function describePlace({ of, name, index, server }: LeftPlace): Promise<string> {
  if (factsOf(of) === undefined) return `${of} ${name} (${server})`;
  return (await capabilityOf(of as ServiceName)).describe({ name, index, server });
}
