/** The only list of exit codes. */
export const exitCodes = {
  ok: 0,
  /** An invariant broke that should hold. */
  violated: 1,
  usage: 2,
  inconclusive: 3,
  /** The environment lacks something; the message says what, and the command that mends it. */
  environment: 4,
  /** A defect of ours. */
  defect: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface Fault {
  /** Stable name for tests and `--json`, in kebab-case. */
  code: string;
  exit: ExitCode;
  /** What happened, in the learner's language. */
  what: string;
  /** The command or flag that mends it, in the learner's language. */
  mend?: string;
  cause?: unknown;
}

/** A fault that a user can meet. Anything else that is thrown is a defect of ours. */
export class PlanError extends Error {
  readonly code: string;
  readonly exit: ExitCode;
  readonly mend: string | undefined;

  constructor({ code, exit, what, mend, cause }: Fault) {
    super(what, { cause });
    this.name = 'PlanError';
    this.code = code;
    this.exit = exit;
    this.mend = mend;
  }
}

/** The `code` of a Node or PostgreSQL error (`ENOENT`, `40001`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
