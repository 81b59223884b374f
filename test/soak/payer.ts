/**
 * Somebody who pays by the link in a bill: opens it, goes to the provider's page, pays
 * there, and is asked by the bank where the card wants that. Whatever is away in between
 * makes them give up; there is another day.
 */
import { payToken } from '#domain/payments/pay-token.ts';
import { below, type Chance, pick } from '../simulation/engine/chance.ts';

export interface PayerParts {
  readonly url: string;
  readonly apiKey: string;
  /** With which the platform makes the links; a payer has theirs from a mail. */
  readonly payLinkSecret: string;
  readonly random: Chance;
}

export interface Payer {
  /** One open bill is paid, if there is one and nothing is away. */
  readonly pay: () => Promise<void>;
  /** How often one came through to the end. */
  readonly paid: () => number;
}

const mostRedirects = 4;
const methods = ['pm_card_visa', 'pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_authenticationRequired'] as const;

export const payer = ({ url, apiKey, payLinkSecret, random }: PayerParts): Payer => {
  let paid = 0;

  const openBill = async (): Promise<string | undefined> => {
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(`${url}/v1/invoices?status=final&limit=100`, { headers });
    if (!response.ok) return undefined;
    const { data } = (await response.json()) as { readonly data: readonly { readonly id: string }[] };
    return data[below(random, data.length)]?.id;
  };

  const post = (address: string | URL, form: Readonly<Record<string, string>> = {}) =>
    fetch(address, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

  const payOnPage = async (page: string): Promise<void> => {
    const answer = await post(page, { payment_method: pick(random, methods) });
    const next = new URL(answer.headers.get('location') ?? page, page);
    if (next.pathname.startsWith('/c/authenticate/')) await post(next, { result: 'approve' });
    if (answer.status === 303) paid += 1;
  };

  const payByLink = async (link: string): Promise<void> => {
    await fetch(link);
    for (let hop = 0; hop < mostRedirects; hop += 1) {
      const answer = await post(link);
      if (answer.status === 303) return payOnPage(answer.headers.get('location') ?? link);
      if (answer.status !== 307) return;
    }
  };

  return {
    pay: async () => {
      try {
        const invoice = await openBill();
        if (invoice !== undefined) await payByLink(`${url}/pay/${payToken(invoice, payLinkSecret)}`);
      } catch (error) {
        // What `fetch` throws where nobody answers; anything else is a mistake of ours.
        if (!(error instanceof TypeError)) throw error;
      }
    },
    paid: () => paid,
  };
};
