/**
 * Where the umask lets everybody write, nothing that this program makes, nor what it starts, shall be
 * anybody's to change: programs are built and started out of these folders. One that only the group
 * may use (002) is a choice and stays.
 */
export function closeToOthers(): void {
  const given = process.umask(0o022);
  if ((given & 0o002) !== 0) process.umask(given);
  else process.umask(given | 0o022);
}
