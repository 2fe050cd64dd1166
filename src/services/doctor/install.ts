/** What an operating system calls a thing; by apt on Debian and Ubuntu, by brew on macOS. */
const packages = {
  docker: { apt: 'docker.io', brew: '--cask docker' },
  go: { apt: 'golang-go', brew: 'go' },
  rust: { apt: 'cargo', brew: 'rust' },
  java: { apt: 'default-jdk-headless', brew: 'openjdk' },
  python: { apt: 'python3 python3-venv', brew: 'python' },
} as const;

/** What a service is called there. */
interface Packages {
  readonly apt: string;
  readonly brew: string;
}

/** The command that installs it here. */
export function install(thing: keyof typeof packages | Packages): string {
  const { apt, brew } = typeof thing === 'string' ? packages[thing] : thing;
  if (process.platform === 'darwin') return `brew install ${brew}`;
  return `${process.getuid?.() === 0 ? '' : 'sudo '}apt-get install ${apt}`;
}
