import type { NetConnectOpts } from 'node:net';
import { exitCodes, PlanError } from '../../../base/errors.js';
import { faultsTexts } from '../../../i18n/faults.js';
import { texts } from '../../../i18n/text.js';
import { byProtocol } from '../../../kata/services.js';
import type { ProxyTarget } from './proxy.js';

/** Where the proxy connects to, and which URL it hands on instead. */
export function targetOf(name: string, original: string): ProxyTarget {
  const url = new URL(original);
  refuseTls(url);
  return {
    name,
    address: addressOf(url),
    urlAt: (port) => urlAt(original, port),
  };
}

/**
 * @param offersTls the server would take a driver up on TLS, which many ask for where nothing is
 * said; a proxy sees nothing of it
 */
export function databaseTarget(original: string, offersTls: boolean): ProxyTarget {
  const url = new URL(original);
  const mode = url.searchParams.get('sslmode');
  refuseTls(url);
  if (offersTls || mode !== null) url.searchParams.set('sslmode', 'disable');
  return targetOf('database', url.href);
}

const webPorts: Readonly<Record<string, number>> = { 'http:': 80 };

function addressOf(url: URL): NetConnectOpts {
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const usual = byProtocol(url.protocol)?.port ?? webPorts[url.protocol];
  const port = Number(url.searchParams.get('port') ?? url.port) || (usual ?? 0);
  if (host.startsWith('/')) return { path: `${host}/.s.PGSQL.${port}` };
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

function urlAt(original: string, port: number): string {
  const url = new URL(original);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  url.searchParams.delete('host');
  url.searchParams.delete('port');
  // `http://127.0.0.1:80` has no path; nor has what is handed on.
  return url.pathname === '/' && !original.endsWith('/') ? url.href.replace(/\/$/, '') : url.href;
}

const plainModes = ['disable', 'allow', 'prefer'];

/** @throws PlanError `proxy-needs-plain-tcp` */
function refuseTls({ protocol, searchParams }: URL): void {
  const mode = searchParams.get('sslmode');
  const wanted =
    protocol === 'https:' ||
    byProtocol(protocol)?.tls === true ||
    (mode !== null && !plainModes.includes(mode)) ||
    ['true', '1'].includes(searchParams.get('ssl') ?? '');
  if (!wanted) return;
  const t = texts(faultsTexts);
  const asked = mode === null ? protocol.replace(':', '') : `sslmode=${mode}`;
  throw new PlanError({
    code: 'proxy-needs-plain-tcp',
    exit: exitCodes.environment,
    what: t.needsPlain(asked),
    mend: t.needsPlainMend,
  });
}
