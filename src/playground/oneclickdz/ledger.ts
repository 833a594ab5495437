// The reseller account of the stand-in: a balance and the movements that explain it (fact sheet §4).
// Kept in integer centimes so that a thousand debits still add up; spoken in dinars.

/** One row of account/transactions, as on the wire; amounts in dinars. */
export type Transaction = {
  readonly _id: string;
  readonly type: string;
  readonly operation: 'increment' | 'decrement';
  readonly amount: number;
  readonly oldBalance: number;
  readonly newBalance: number;
  readonly objid: string;
  readonly note: string;
  readonly time: string;
};

/** A change of the balance; `dinars` is signed, `at` in epoch milliseconds, `about` an order id or empty. */
export type Movement = {
  readonly type: string;
  readonly dinars: number;
  readonly at: number;
  readonly about: string;
  readonly note: string;
};

/** The account; it never refuses a movement, whoever moves it checks first. */
export type Ledger = {
  /** Balance in dinars. */
  balance(): number;
  move(movement: Movement): void;
  /** Oldest first. */
  transactions(): readonly Transaction[];
};

/** Opens an account at zero; `newId` names the rows, `changed` hears every new balance. */
export function createLedger(parts: { newId: () => string; changed: (dinars: number) => void }): Ledger {
  let centimes = 0;
  const rows: Transaction[] = [];
  return {
    balance: () => centimes / 100,
    transactions: () => rows,
    move({ type, dinars, at, about, note }) {
      const before = centimes;
      centimes += Math.round(dinars * 100);
      rows.push({
        _id: parts.newId(),
        type,
        operation: dinars < 0 ? 'decrement' : 'increment',
        amount: Math.abs(centimes - before) / 100,
        oldBalance: before / 100,
        newBalance: centimes / 100,
        objid: about,
        note,
        time: new Date(at).toISOString(),
      });
      parts.changed(centimes / 100);
    },
  };
}
