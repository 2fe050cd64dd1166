import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';

const given = { PORT: '8080', DATABASE_URL: 'postgres://127.0.0.1/plan_1' };

describe('readEnvironment', () => {
  it('takes the defaults of the contract where an option is not given', () => {
    expect(readEnvironment(given)).toEqual({
      port: 8080,
      databaseUrl: 'postgres://127.0.0.1/plan_1',
      strategy: 'naive',
      isolation: 'READ COMMITTED',
      retries: 50,
      thinkMs: 5,
    });
  });

  it('reads a zero as zero', () => {
    expect(readEnvironment({ ...given, PLAN_RETRIES: '0', PLAN_THINK_MS: '0' })).toMatchObject({
      retries: 0,
      thinkMs: 0,
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PLAN_RETRIES', '-1'],
    ['PLAN_THINK_MS', '2.5'],
    ['PLAN_ISOLATION', 'read-uncommitted'],
    ['PLAN_ISOLATION', 'toString'],
    ['DATABASE_URL', ''],
  ])('names the variable that is wrong: %s=%s', (name, value) => {
    expect(() => readEnvironment({ ...given, [name]: value })).toThrow(name);
  });
});
