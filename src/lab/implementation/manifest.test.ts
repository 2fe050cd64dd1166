import { describe, expect, it } from 'vitest';
import { PlanError } from '../../base/errors.js';
import { parseManifest } from './manifest.js';

function faultOf(text: string): PlanError {
  try {
    parseManifest(text, 'mine/implementation.json');
  } catch (error) {
    if (error instanceof PlanError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('implementation.json', () => {
  it('may say everything, or nothing', () => {
    const whole = {
      language: 'command',
      build: ['make'],
      start: ['./server', '--quiet', ''],
      strategies: ['naive', 'atomic'],
    };
    expect(parseManifest(JSON.stringify({ $schema: 'x', ...whole }), 'f')).toEqual(whole);
    expect(Object.values(parseManifest('{}', 'f')).filter(Boolean)).toEqual([]);
  });

  it('may begin with a byte order mark', () => {
    expect(parseManifest('\uFEFF{"language": "go"}', 'f').language).toBe('go');
  });

  it.each([
    ['no JSON', '{"language": ', /not valid JSON/],
    ['no object', '["node"]', /one object/],
    ['an unknown language', '{"language": "cobol"}', /"language" must be one of node, go.*"cobol"/],
    ['a command as one text', '{"start": "node server.js"}', /"start" must be a list/],
    ['an empty command', '{"build": []}', /"build" must be a list/],
    ['a command without a name', '{"start": ["", "x"]}', /"start" must be a list/],
    ['a number in a command', '{"start": ["node", 1]}', /"start" must be a list/],
    ['strategies as one text', '{"strategies": "naive"}', /"strategies" must be a list/],
    ['a NUL in a command', '{"start": ["sh", "a\\u0000b"]}', /"start" has a NUL/],
    ['a command of 5 MB', `{"start": ["${'x'.repeat(5e6)}"]}`, /"start" is longer than/],
    ['a strategy of 400 letters', `{"strategies": ["${'x'.repeat(400)}"]}`, /longer than 60/],
    ['a command that nothing starts', '{"language": "command"}', /"start" is needed/],
  ])('refuses %s, and names the file and the field', (_, text, what) => {
    const fault = faultOf(text);
    expect(fault).toMatchObject({ code: 'bad-implementation-json', exit: 2 });
    expect(fault.message).toMatch(what);
    expect(fault.message).toContain('mine/implementation.json');
    expect(fault.mend).toBeTruthy();
  });

  it('knows what a mistyped field means', () => {
    const fault = faultOf('{"strategy": ["naive"]}');
    expect(fault.message).toContain('"strategy"');
    expect(fault.mend).toContain('"strategies"');
  });
});
