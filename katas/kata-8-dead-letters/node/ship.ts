import type { ConsumeMessage } from 'amqplib';

const answerWithinMs = 30_000;

/** @throws Error that says why it could not be shipped */
export async function ship(warehouse: string, message: ConsumeMessage): Promise<void> {
  const response = await fetch(`${warehouse}/shipments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: idIn(message) }),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`the warehouse says ${response.status}: ${text}`);
}

/** A body may be anything: `null` has no fields, and reading one would throw, too. */
function idIn({ content }: ConsumeMessage): string {
  const body: unknown = JSON.parse(content.toString());
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  if (typeof id !== 'string') throw new Error('the body is no shipment');
  return id;
}
