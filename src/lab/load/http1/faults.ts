/** What can be wrong with an answer's bytes. */
export type ParseFault =
  | 'status-line'
  | 'header'
  | 'head-too-large'
  | 'content-length'
  | 'transfer-encoding'
  | 'chunk'
  | 'upgrade'
  | 'body-too-large';

/** Bytes that are no HTTP/1.1 answer. The only error that the parser throws. */
export class ParseError extends Error {
  readonly fault: ParseFault;

  constructor(fault: ParseFault, detail: string) {
    super(`${fault}: ${detail}`);
    this.name = 'ParseError';
    this.fault = fault;
  }
}
