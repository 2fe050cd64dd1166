import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';
import { isolationOf } from './postgres.js';

const given = { PORT: '8080' };

describe('readEnvironment', () => {
  it('wants nothing but a port until it is asked for more', () => {
    const environment = readEnvironment(given);
    expect(environment.port).toBe(8080);
    expect(() => environment.text('DATABASE_URL')).toThrow('DATABASE_URL is not set');
  });

  it('takes the fallback only where nothing is given', () => {
    const environment = readEnvironment({ ...given, PLAN_RETRIES: '0', PLAN_STRATEGY: '' });
    expect(environment.integer('PLAN_RETRIES', 50)).toBe(0);
    expect(environment.integer('PLAN_THINK_MS', 5)).toBe(5);
    expect(environment.text('PLAN_STRATEGY', 'none')).toBe('none');
  });

  it.each(['-1', '2.5', '1e3', 'many', '99999999999999999'])(
    'names the variable that is no whole number: %s',
    (value) => {
      const environment = readEnvironment({ ...given, PLAN_RETRIES: value });
      expect(() => environment.integer('PLAN_RETRIES', 50)).toThrow('PLAN_RETRIES');
    },
  );

  it('knows no port above 65535', () => {
    expect(() => readEnvironment({ PORT: '65536' })).toThrow('PORT');
  });
});

describe('isolationOf', () => {
  it('says a level as SQL does', () => {
    expect(isolationOf('repeatable-read')).toBe('REPEATABLE READ');
  });

  it.each(['read-uncommitted', 'toString'])('knows no level %s', (name) => {
    expect(() => isolationOf(name)).toThrow('PLAN_ISOLATION');
  });
});
