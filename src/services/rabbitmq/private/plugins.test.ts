import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { linkPlugins, neededPlugins } from './plugins.js';

it('links what rabbit asks for, through others too, and nothing else', async () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'plan-plugins-'));
  const plugins = path.join(base, 'plugins');
  const application = (folder: string, name: string, asksFor: string): void => {
    mkdirSync(path.join(plugins, folder, 'ebin'), { recursive: true });
    const text = `{application, ${name}, [{applications, [\n  kernel, % of Erlang\n  ${asksFor}]}]}.`;
    writeFileSync(path.join(plugins, folder, 'ebin', `${name}.app`), text);
  };
  application('rabbit-4.0.5', 'rabbit', 'rabbit_common,ra');
  application('rabbit_common-4.0.5', 'rabbit_common', 'stdlib');
  application('ra-2.15', 'ra', 'aten, rabbit');
  application('aten-0.6.0', 'aten', 'kernel');
  application('rabbitmq_management-4.0.5', 'rabbitmq_management', 'rabbit');
  writeFileSync(path.join(plugins, 'README'), '');
  const needed = ['aten-0.6.0', 'ra-2.15', 'rabbit-4.0.5', 'rabbit_common-4.0.5'];
  expect(neededPlugins(plugins)).toEqual(needed);
  await linkPlugins(plugins, path.join(base, 'links'));
  expect(readdirSync(path.join(base, 'links')).sort()).toEqual(needed);
  rmSync(base, { recursive: true });
});
