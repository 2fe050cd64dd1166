/** An answer of which the history keeps what it said. */
export interface Sample {
  readonly id: string;
  readonly checksum: number;
}

/** What is wrong with an answer that is otherwise as the contract says. */
export type Remark = 'another-order' | 'too-early';
