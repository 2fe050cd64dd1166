/** What an operating system calls a thing; by apt on Debian and Ubuntu, by brew on macOS. */
const packages = {
  docker: { apt: 'docker.io', brew: '--cask docker' },
  rabbitmq: { apt: 'rabbitmq-server', brew: 'rabbitmq' },
  redis: { apt: 'redis-server', brew: 'redis' },
  postgresql: { apt: 'postgresql', brew: 'postgresql@18' },
  go: { apt: 'golang-go', brew: 'go' },
  rust: { apt: 'cargo', brew: 'rust' },
  java: { apt: 'default-jdk-headless', brew: 'openjdk' },
  python: { apt: 'python3 python3-venv', brew: 'python' },
} as const;

/** The command that installs it here. */
export function install(thing: keyof typeof packages): string {
  const { apt, brew } = packages[thing];
  if (process.platform === 'darwin') return `brew install ${brew}`;
  return `${process.getuid?.() === 0 ? '' : 'sudo '}apt-get install ${apt}`;
}
