export interface Asked {
  account: string;
  kind: 'deposit' | 'withdrawal' | 'read';
  amount: number;
}
