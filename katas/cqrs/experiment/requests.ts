import { outsideContract, type Answer, type ClientRequest } from '../../../src/kata/index.js';
import type { Shown, Summary } from '../contract.js';

/** What a client wants of an order; without an amount it is to be cancelled. */
export interface Wish {
  readonly order: string;
  readonly customer: string;
  readonly amount?: number;
}

/** What a 202 of the write side says. */
export interface Written {
  readonly id: string;
  readonly version: number;
  readonly token: string;
}

export interface Question {
  readonly customer: string;
  readonly reader: string;
  readonly token?: string;
}

/** @param told what the answer said, for who goes on with it */
export function writing(
  process: number,
  wish: Wish,
  told?: (written: Written) => void,
): ClientRequest {
  const { order, customer, amount } = wish;
  return {
    ...{ process, role: 'order', f: 'write', asked: wish, path: `/orders/${order}` },
    ...(amount === undefined
      ? { method: 'DELETE' as const }
      : { method: 'PUT' as const, body: { customer, amount } }),
    read(answer) {
      const { id, version, token } = fieldsOf(answer);
      const wanted = `${order}@${Number(version)}`;
      const isRight = id === order && isCount(version) && token === wanted;
      if (answer.status === 202 && isRight) {
        const written = { id: order, version: Number(version), token: wanted };
        told?.(written);
        return { outcome: 'ok', value: written };
      }
      if (answer.status === 503) return { outcome: 'fail', value: { reason: 'unavailable' } };
      return outsideContract(
        answer,
        `202 {"id": "${order}", "version": n, "token": "${order}@n"} or 503`,
      );
    },
  };
}

/** `GET /customers/{customer}/orders`: 200, or 503 where the view can't or won't say. */
export function listing(process: number, question: Question, told?: Told): ClientRequest {
  const { customer } = question;
  return {
    ...{ process, role: 'view', f: 'list', asked: question },
    ...{ method: 'GET', path: `/customers/${customer}/orders`, headers: headersOf(question) },
    read(answer) {
      const { customer: whose, orders, ageMs } = fieldsOf(answer);
      if (answer.status === 503) return refused;
      const isRight =
        answer.status === 200 && whose === customer && isShown(orders) && isAge(ageMs);
      if (!isRight)
        return outsideContract(
          answer,
          `200 {"customer": "${customer}", "orders": [{"id", "version", "status", "amount"}, …], "ageMs": n} or 503`,
        );
      const shown = orders.map(({ id, version, status, amount }) => ({
        ...{ id, version, status, amount },
      }));
      told?.(shown);
      return { outcome: 'ok', value: { orders: shown, ageMs } };
    },
  };
}

type Told = (orders: readonly Shown[]) => void;

/** `GET /customers/{customer}/summary` */
export function summing(
  process: number,
  question: Question,
  told?: (summary: Summary) => void,
): ClientRequest {
  const { customer } = question;
  return {
    ...{ process, role: 'view', f: 'summary', asked: question },
    ...{ method: 'GET', path: `/customers/${customer}/summary`, headers: headersOf(question) },
    read(answer) {
      const { customer: whose, orders, total, ageMs } = fieldsOf(answer);
      if (answer.status === 503) return refused;
      const isRight =
        answer.status === 200 &&
        whose === customer &&
        Number.isInteger(orders) &&
        Number.isInteger(total) &&
        isAge(ageMs);
      if (!isRight)
        return outsideContract(
          answer,
          `200 {"customer": "${customer}", "orders": n, "total": n, "ageMs": n} or 503`,
        );
      const summary = { orders: Number(orders), total: Number(total) };
      told?.(summary);
      return { outcome: 'ok', value: { ...summary, ageMs } };
    },
  };
}

const refused = { outcome: 'fail', value: { reason: 'unavailable' } } as const;

const headersOf = ({ reader, token }: Question): Readonly<Record<string, string>> => ({
  'x-reader': reader,
  ...(token !== undefined && { 'x-token': token }),
});

const fieldsOf = (answer: Answer): Record<string, unknown> =>
  (answer.json() ?? {}) as Record<string, unknown>;

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;

const isAge = (value: unknown): value is number => typeof value === 'number' && value >= 0;

const isShown = (value: unknown): value is readonly Shown[] =>
  Array.isArray(value) &&
  value.every((one: unknown) => {
    const { id, version, status, amount } = (one ?? {}) as Record<string, unknown>;
    return (
      typeof id === 'string' &&
      isCount(version) &&
      isCount(amount) &&
      (status === 'OPEN' || status === 'CANCELLED')
    );
  });
