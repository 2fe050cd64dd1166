import type { Socket } from 'node:net';

/**
 * Closes with RST. A socket whose FIN is on its way is only closed: Node refuses to reset it
 * (EINVAL), keeps the handle for ever, and then spins instead of ending the process.
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
