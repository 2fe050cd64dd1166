import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { errorCode } from '../../base/errors.js';
import type { SpanSeen } from '../../kata/telemetry.js';

/** What programs told in a case; up to where its last line is whole. None where no file is. */
export async function readSpans(file: string): Promise<SpanSeen[]> {
  const spans: SpanSeen[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const span = parsed(line);
      if (span === undefined) break;
      spans.push(span);
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  return spans;
}

function parsed(line: string): SpanSeen | undefined {
  try {
    return JSON.parse(line) as SpanSeen;
  } catch {
    return undefined;
  }
}
