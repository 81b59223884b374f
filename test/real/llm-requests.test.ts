/**
 * An hour of 28,185 requests to two language models, by the token.
 *
 * Data: Azure LLM inference trace 2023, Azure Public Dataset, Microsoft, CC BY 4.0
 * (P. Patel et al., "Splitwise: Efficient generative LLM inference using phase
 * splitting", ISCA 2024). The files are read where they lie; ids and subjects are ours.
 */
import { expect } from 'vitest';
import { billsRealData, realText, type SentEvent } from '#test/world/real-data.ts';

const traces = {
  code: 'saas/azure_llm_trace/AzureLLMInferenceTrace_code.csv',
  conversation: 'saas/azure_llm_trace/AzureLLMInferenceTrace_conv.csv',
} as const;

/** `2023-11-16 18:17:03.9799600,4808,10`, of which the 100-nanosecond places are sent as they stand. */
const requestsOf = (model: keyof typeof traces): readonly SentEvent[] =>
  realText(traces[model])
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line, i) => {
      const [time = '', context = '', generated = ''] = line.split(',');
      return {
        ...{ id: `${model}-${String(i + 1)}`, source: 'gateway', type: 'completion.made', subject: `model-${model}` },
        time: `${time.replace(' ', 'T')}Z`,
        data: { context, generated },
      };
    });

/** Ten-millionths of a dollar a token. */
const contextPrice = 25n; // 2.50 USD a million
const generatedPrice = 100n; // 10.00 USD a million

const tokensIn = (requests: readonly SentEvent[], field: string): bigint =>
  requests.reduce((sum, { data }) => sum + BigInt(data[field]!), 0n);

/** Half up to whole cents, of which one is 100,000 ten-millionths of a dollar. */
const cents = (tenMillionths: bigint): bigint => (tenMillionths + 50_000n) / 100_000n;

const dollars = (amount: bigint): string => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;

billsRealData(
  'An hour of a language model’s requests, some sent twice, is billed to the token',
  { files: Object.values(traces), from: '2023-11-30T12:00:00.000Z' },
  async ({ api, subscribe, send, moveClockTo, billOf, account }) => {
    const requests = [...requestsOf('code'), ...requestsOf('conversation')];
    expect(requests).toHaveLength(28_185);
    expect(requests.filter(({ time }) => !/\.\d{7}Z$/.test(time))).toEqual([]);

    for (const field of ['context', 'generated'])
      await api.post('/v1/meters', {
        ...{ key: `${field}_tokens`, eventType: 'completion.made', aggregation: 'sum', field, unit: 'token' },
      });
    const price = { kind: 'usage', model: 'per_unit' };
    await api.post('/v1/plans', {
      ...{ key: 'by_the_token', name: 'By the token', currency: 'USD' },
      prices: [
        { ...price, key: 'context', name: 'Context', meter: 'context_tokens', unitPrice: '0.0000025' },
        { ...price, key: 'generated', name: 'Generated', meter: 'generated_tokens', unitPrice: '0.00001' },
      ],
    });
    const lab = await subscribe({
      ...{ name: 'The Lab', currency: 'USD', timezone: 'UTC', plan: 'by_the_token', startsOn: '2023-11-01' },
      ...{ points: ['model-code', 'model-conversation'], pointsFrom: '2023-11-01T00:00:00Z' },
    });

    for (let at = 0; at < requests.length; at += 1_000) await send(requests.slice(at, at + 1_000), 'batch');
    // A client whose connection broke sends a request again as it was, and one that restarted cuts anew.
    await send(requests.slice(3_000, 4_000), 'gzipped lines');
    await send(requests.slice(8_500, 9_500), 'batch');
    await moveClockTo('2023-12-01T00:30:00Z');
    await send(requests.slice(-185), 'batch'); // after the month, before its bill
    await moveClockTo('2023-12-02T12:00:00Z');

    const [context, generated] = [tokensIn(requests, 'context'), tokensIn(requests, 'generated')];
    const [contextDue, generatedDue] = [cents(context * contextPrice), cents(generated * generatedPrice)];
    const { lines, total, status } = await billOf(lab);
    expect(lines.map(({ quantity, amount }) => [quantity, amount.amount])).toEqual([
      [String(context), dollars(contextDue)],
      [String(generated), dollars(generatedDue)],
    ]);
    expect([status, total.amount]).toEqual(['paid', dollars(contextDue + generatedDue)]);
    // 40,421,844 × 0.0000025 = 101.05461 and 4,334,561 × 0.00001 = 43.34561
    expect([context, generated, total.amount]).toEqual([40_421_844n, 4_334_561n, '144.40']);

    expect(lines.map(({ usage }) => usage?.events)).toEqual([28_185, 28_185]);
    expect(await account()).toEqual({
      ...{ accepted: 28_185, duplicates: 2_185, rated: 28_185 },
      ...{ quarantined: 0, suspense: 0, pending: 0, unsubscribed: 0 },
    });
  },
);
