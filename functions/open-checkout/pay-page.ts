/**
 * The page behind a payment link: what is owed, by when, and one button. Whole in
 * itself, without a script, a picture or a word from elsewhere, and readable by a
 * screen reader from top to bottom. Card data is the provider's page's affair.
 */
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { moneyText } from '#domain/money/money.ts';
import type { HttpResponse } from '../http.ts';

/**
 * No `form-action`: the answer to the button leads to the provider, and browsers hold
 * redirects to it too. The style is the page's own and everything in it is escaped.
 */
const headers = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const style = `body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
dt{font-weight:600}dd{margin:0 0 .6rem}button{font:inherit;padding:.6rem 1.4rem;color:#fff;background:#0b5cad;border:0;border-radius:.3rem}
button:focus-visible{outline:3px solid #f5a400;outline-offset:2px}`;

/** What the page says about an invoice that has its number. */
export type PayState = 'payable' | 'page_open' | 'under_way' | 'not_payable' | 'try_again' | 'paid' | 'void';

const sentences: Readonly<Record<PayState, string>> = {
  payable: 'You pay on the page of our payment provider and come back here.',
  page_open:
    'A payment page is open for this invoice. If you have just paid on it, we will have word of it within minutes.',
  under_way: 'A payment for this invoice is under way. There is nothing for you to do.',
  not_payable: 'This invoice cannot be paid by card.',
  try_again:
    'Our payment provider does not answer at the moment. You were not charged. Please try again in a few minutes.',
  paid: 'This invoice is paid. Thank you.',
  void: 'This invoice is void. Nothing is owed for it.',
};

const buttons: Partial<Readonly<Record<PayState, string>>> = {
  payable: 'Pay now',
  page_open: 'Go to the payment page',
  try_again: 'Try again',
};

export const invoicePage = (
  { status, total }: Invoice,
  state: PayState,
  httpStatus: number,
  because?: string,
): HttpResponse => {
  const number = 'number' in status ? (status.number ?? '') : '';
  const dueOn = 'dueOn' in status ? (status.dueOn ?? '') : '';
  const owed =
    state === 'paid' || state === 'void'
      ? ''
      : `<dt>Due on</dt><dd><time datetime="${escaped(dueOn)}">${escaped(dueOn)}</time></dd>`;
  const button = buttons[state];
  return htmlPage(
    httpStatus,
    `Invoice ${number}`,
    `<dl><dt>Total</dt><dd>${escaped(moneyText(total))}</dd>${owed}</dl>
<p role="status">${escaped(because ?? sentences[state])}</p>${button === undefined ? '' : `<form method="post"><button>${escaped(button)}</button></form>`}`,
  );
};

export const noInvoicePage = (): HttpResponse =>
  htmlPage(
    404,
    'No such invoice',
    '<p>This link opens no invoice. Please take it from your bill as it stands there.</p>',
  );

/** Leads on. 303: to be fetched; 307: the same request, once more, to that address. */
export const leadTo = (status: 303 | 307, location: string): HttpResponse => ({
  status,
  headers: { ...headers, location },
  body: '',
});

const htmlPage = (status: number, title: string, content: string): HttpResponse => ({
  status,
  headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main><h1>${escaped(title)}</h1>
${content}</main></body></html>
`,
});

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
