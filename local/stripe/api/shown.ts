/** An object as the clock now shows it: a balance transaction becomes available by time alone. */
import type { Account } from '../account/account.ts';

export const shown = (account: Account, row: object): object =>
  'object' in row && row.object === 'balance_transaction' && 'available_on' in row
    ? { ...row, status: Number(row.available_on) <= account.created() ? 'available' : 'pending' }
    : row;
