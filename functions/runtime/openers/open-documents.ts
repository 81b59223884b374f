/** Opens the port `documents`: bills and letters, each with the pay link of its invoice. */
import { payToken } from '#domain/payments/pay-token.ts';
import { documents } from '../../adapters/documents/documents.ts';
import type { Documents } from '../../ports.ts';
import type { Opening } from './port-openers.ts';

export const openDocuments = ({ named }: Opening): Documents => {
  const publicUrl = named('PUBLIC_URL');
  const secret = named('PAY_LINK_SECRET');
  return documents({
    sender: named('MAIL_FROM'),
    payUrl: (invoice) => `${publicUrl}/pay/${payToken(invoice, secret)}`,
  });
};
