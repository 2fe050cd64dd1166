import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDesk, type Desk } from './support/cli.js';
import { keys, onTerminal } from './support/terminal.js';

let desk: Desk;
beforeEach(async () => {
  desk = await makeDesk();
});
afterEach(() => desk.remove());

describe('plan new on a terminal', () => {
  it('asks for the language, also of a kata of several services', async () => {
    const { exitCode, screen } = await onTerminal(
      desk,
      ['new', 'kata-9', './mine'],
      [
        { after: /❯ javascript/, keys: keys.down },
        { after: /❯ typescript/, keys: keys.down },
        { after: /❯ go/, keys: keys.enter },
      ],
    );
    expect(screen).toContain('order/main.go');
    expect(exitCode).toBe(0);
  });
});

describe('plan alone', () => {
  it('prints the help where there is no terminal', async () => {
    const { exitCode, stdout } = await desk.plan();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Usage: plan[^]*checklist/);
  });

  it('is a menu on a terminal, which goes on after each command', async () => {
    await desk.plan('init', '--locale', 'en');
    const { exitCode, screen } = await onTerminal(
      desk,
      [],
      [
        { after: /❯ See what today asks for/, keys: keys.up },
        { after: /❯ Quit/, keys: keys.up },
        { after: /❯ See what is here/, keys: keys.up },
        { after: /❯ See the report/, keys: keys.enter },
        { after: /Progress by month[^]*❯ See what/, keys: keys.up },
        { after: /❯ Quit/, keys: keys.enter },
      ],
    );
    expect(screen).toContain('$ plan report');
    expect(exitCode).toBe(0);
  });

  it('tells a fault and goes on; Ctrl-C leaves', async () => {
    await desk.plan('init', '--locale', 'en');
    await writeFile(path.join(desk.folder, 'progress.json'), '{');
    const { exitCode, screen } = await onTerminal(
      desk,
      [],
      [
        { after: /❯ See what today asks for/, keys: keys.up },
        { after: /❯ Quit/, keys: keys.up },
        { after: /❯ See what is here/, keys: keys.up },
        { after: /❯ See the report/, keys: keys.enter },
        { after: /cannot be understood[^]*❯ See what/, keys: keys.ctrlC },
      ],
    );
    expect(screen).toContain('cannot be understood');
    expect(exitCode).toBe(130);
  });

  it('gives a hint of a kata that is chosen; Esc goes back, q leaves', async () => {
    await desk.plan('init', '--locale', 'en');
    const { exitCode, screen } = await onTerminal(
      desk,
      [],
      [
        { after: /❯ See what today asks for/, keys: keys.down },
        { after: /❯ See what there is to read/, keys: keys.down },
        { after: /❯ Run a kata/, keys: keys.down },
        { after: /❯ Begin a program/, keys: keys.down },
        { after: /❯ Get a hint/, keys: keys.enter },
        { after: /❯ cqrs/, keys: keys.enter },
        { after: /Hint 1 of[^]*❯ See what today/, keys: keys.down },
        { after: /❯ See what there is to read/, keys: keys.down },
        { after: /❯ Run a kata/, keys: keys.enter },
        { after: /Which kata\?/, keys: '\u001b' },
        { after: /❯ See what today asks for/, keys: 'q' },
      ],
    );
    expect(screen).toContain('$ plan show cqrs --hint 1');
    expect(screen).not.toContain('$ plan run');
    expect(exitCode).toBe(0);
  });
});
