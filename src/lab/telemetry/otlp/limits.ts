import type { Attributes, AttributeValue, SpanSeen } from '../../../kata/telemetry.js';

/**
 * The usual limits of an SDK are 128 of each, and 512 spans an export; what tells more is cut. Between
 * the limit of spans and what an SDK sends there is room for a program that tells all at its end.
 */
export const most = {
  ...{ spans: 50_000, attributes: 128, events: 128, links: 128 },
  ...{ items: 128, depth: 8, text: 4_096 },
};

/** UTF-16 units; what was cut says so. */
export function shortened(text: string): string {
  if (text.length <= most.text) return text;
  return `${text.slice(0, most.text).replace(/[\uD800-\uDBFF]$/, '')}… [cut: ${text.length}]`;
}

/** Of attributes that have one name, the last counts. */
export function attributesOf(pairs: Iterable<readonly [string, AttributeValue]>): Attributes {
  return Object.fromEntries(pairs);
}

/** JSON knows no such numbers: OTLP writes them as text. */
export function asNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

const noId = /^0*$/;

/** Digits in lower case; undefined where it is no id of that many bytes. */
export function idOf(hex: string, bytes: number): string | undefined {
  return hex.length === bytes * 2 && !noId.test(hex) && /^[0-9a-f]+$/i.test(hex)
    ? hex.toLowerCase()
    : undefined;
}

/** Empty, and all zeros too: it has none. */
export function isNoId(hex: string): boolean {
  return noId.test(hex);
}

export const kinds: readonly SpanSeen['kind'][] = [
  ...(['unspecified', 'internal', 'server'] as const),
  ...(['client', 'producer', 'consumer'] as const),
];

export const statuses: readonly SpanSeen['status'][] = ['unset', 'ok', 'error'];
