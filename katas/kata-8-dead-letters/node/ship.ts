/** "Some seconds", says the brief. */
const answerWithinMs = 10_000;
/** It becomes a header, which has to fit into a frame of AMQP (128 KiB): a whole web page would not. */
const longestReason = 500;

/**
 * @param body of a message, JSON
 * @param hurry hangs up: on SIGTERM there are only five seconds
 * @throws Error that says why it could not be shipped
 */
export async function ship(warehouse: string, body: string, hurry: AbortSignal): Promise<void> {
  const response = await fetch(`${warehouse}/shipments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: idIn(body) }),
    signal: AbortSignal.any([AbortSignal.timeout(answerWithinMs), hurry]),
  });
  const text = await response.text();
  if (response.status !== 201)
    throw new Error(`the warehouse says ${response.status}: ${text.slice(0, longestReason)}`);
}

/** A body may be anything: `null` has no fields, and reading one would throw, too. */
function idIn(body: string): string {
  const order: unknown = JSON.parse(body);
  const id = typeof order === 'object' && order !== null && 'id' in order ? order.id : undefined;
  if (typeof id !== 'string') throw new Error('the body is no shipment');
  return id;
}
