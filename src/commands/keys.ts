const ctrlC = '\u0003';

/**
 * Calls back for every key, where somebody sits at a terminal. Ctrl-C goes on to interrupt.
 * @returns the function that gives the terminal back as it was
 */
export function listenToKeys(onKey: (key: string) => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => undefined;
  const heard = (data: Buffer): void => {
    for (const key of data.toString()) {
      if (key === ctrlC) process.kill(process.pid, 'SIGINT');
      else onKey(key);
    }
  };
  const restore = (): void => void stdin.setRawMode(false);
  stdin.setRawMode(true);
  stdin.on('data', heard);
  stdin.resume();
  process.once('exit', restore);
  return () => {
    process.off('exit', restore);
    stdin.off('data', heard);
    stdin.pause();
    restore();
  };
}
