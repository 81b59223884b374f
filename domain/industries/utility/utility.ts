/** Electricity: a standing charge, energy by day and by night, and the month's highest demand. */
import type { Industry } from '../industry.ts';

export const utility: Industry = {
  name: 'utility',
  meters: [
    {
      key: 'energy_day',
      eventType: 'meter.read',
      aggregation: 'sum',
      field: 'kwh',
      unit: 'kWh',
      filter: { band: ['day'] },
    },
    {
      key: 'energy_night',
      eventType: 'meter.read',
      aggregation: 'sum',
      field: 'kwh',
      unit: 'kWh',
      filter: { band: ['night'] },
    },
    { key: 'peak_demand', eventType: 'meter.read', aggregation: 'max', field: 'kw', unit: 'kW' },
  ],
  samplePlan: {
    key: 'workshop_dual',
    name: 'Workshop day and night',
    currency: 'USD',
    prices: [
      { key: 'standing', name: 'Standing charge', kind: 'fixed', model: 'fixed', amount: '18.50' },
      {
        key: 'day',
        name: 'Energy by day',
        kind: 'usage',
        meter: 'energy_day',
        model: 'graduated',
        tiers: [{ upTo: '500', unitPrice: '0.142' }, { unitPrice: '0.168' }],
      },
      {
        key: 'night',
        name: 'Energy by night',
        kind: 'usage',
        meter: 'energy_night',
        model: 'per_unit',
        unitPrice: '0.0895',
      },
      { key: 'demand', name: 'Peak demand', kind: 'usage', meter: 'peak_demand', model: 'per_unit', unitPrice: '4.10' },
    ],
  },
};
