// A parent that starts the shop, as `npm start` or a supervisor would, and ends after it.
import { spawn } from 'node:child_process';
import { sell, serve } from '../twin.mjs';

if (process.env.IS_SHOP) serve(sell);
else {
  const shop = spawn(process.execPath, [process.argv[1]], {
    env: { ...process.env, IS_SHOP: '1' },
    stdio: 'inherit',
  });
  process.on('SIGTERM', () => shop.kill('SIGTERM'));
  shop.on('exit', (code) => process.exit(code ?? 1));
}
