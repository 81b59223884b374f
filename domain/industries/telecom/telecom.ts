/** Telephony: a line rental, minutes with some included, messages by the hundred, and roaming data by the megabyte. */
import type { Industry } from '../industry.ts';

export const telecom: Industry = {
  name: 'telecom',
  meters: [
    {
      key: 'call_minutes',
      eventType: 'call.ended',
      aggregation: 'sum',
      field: 'minutes',
      unit: 'min',
      filter: { direction: ['outgoing'] },
    },
    { key: 'text_messages', eventType: 'message.sent', aggregation: 'count', unit: 'SMS' },
    {
      key: 'roaming_data',
      eventType: 'data.used',
      aggregation: 'sum',
      field: 'megabytes',
      unit: 'MB',
      filter: { network: ['roaming'] },
    },
  ],
  samplePlan: {
    key: 'mobile_m',
    name: 'Mobile M',
    currency: 'EUR',
    prices: [
      { key: 'line', name: 'Line rental', kind: 'fixed', model: 'fixed', amount: '9.90' },
      {
        key: 'calls',
        name: 'Calls',
        kind: 'usage',
        meter: 'call_minutes',
        model: 'graduated',
        tiers: [{ upTo: '100', unitPrice: '0' }, { unitPrice: '0.09' }],
      },
      {
        key: 'sms',
        name: 'Text messages',
        kind: 'usage',
        meter: 'text_messages',
        model: 'package',
        packageSize: '100',
        packagePrice: '2.00',
      },
      {
        key: 'roaming',
        name: 'Roaming data',
        kind: 'usage',
        meter: 'roaming_data',
        model: 'per_unit',
        unitPrice: '0.0035',
      },
    ],
  },
};
