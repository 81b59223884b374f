/** A language model behind an API: tokens in and out, priced by the token, and people who use it, priced by volume. */
import type { Industry } from '../industry.ts';

export const saas: Industry = {
  name: 'saas',
  meters: [
    { key: 'input_tokens', eventType: 'completion.made', aggregation: 'sum', field: 'inputTokens', unit: 'tokens' },
    { key: 'output_tokens', eventType: 'completion.made', aggregation: 'sum', field: 'outputTokens', unit: 'tokens' },
    { key: 'active_users', eventType: 'completion.made', aggregation: 'unique_count', field: 'user', unit: 'users' },
  ],
  samplePlan: {
    key: 'api_scale',
    name: 'API Scale',
    currency: 'USD',
    prices: [
      {
        key: 'input',
        name: 'Input tokens',
        kind: 'usage',
        meter: 'input_tokens',
        model: 'per_unit',
        unitPrice: '0.000003',
      },
      {
        key: 'output',
        name: 'Output tokens',
        kind: 'usage',
        meter: 'output_tokens',
        model: 'per_unit',
        unitPrice: '0.000015',
      },
      {
        key: 'users',
        name: 'Active users',
        kind: 'usage',
        meter: 'active_users',
        model: 'volume',
        tiers: [{ upTo: '10', unitPrice: '5.00' }, { upTo: '50', unitPrice: '4.00' }, { unitPrice: '3.00' }],
      },
    ],
  },
};
