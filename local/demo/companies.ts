/**
 * Three companies and a month of their customers' usage, January 2026: a phone
 * company, a power company, a language model's API. The usage is made here, the same
 * in every run, with what real senders do among it: readings sent twice, a meter
 * nobody set up, one id with two bodies.
 */
import { addMs, type Instant, instant } from '#domain/time/instant.ts';
import { type Company, type DemoEvent, dice } from './company.ts';

const hourMs = 3_600_000;
const at = (start: Instant, hours: number, ms = 0): Instant => addMs(start, hours * hourMs + ms);

/** 31 days of calls, messages and some roaming from Berlin's midnight on, on two SIMs. */
const calls = (): readonly DemoEvent[] => {
  const start = instant('2025-12-31T23:00:00.000Z');
  const roll = dice(7);
  const sims = ['sim-89490200001', 'sim-89490200002'];
  return Array.from({ length: 31 * 24 }, (_, hour): DemoEvent[] => {
    const subject = sims[roll(2)] ?? '';
    const event = (kind: string, type: string, data: Record<string, string>): DemoEvent => ({
      id: `${kind}-${String(hour).padStart(4, '0')}`,
      source: 'switch-1',
      type,
      subject,
      time: at(start, hour, roll(hourMs)),
      data,
    });
    const direction = roll(3) === 0 ? 'incoming' : 'outgoing';
    // The switch reports outgoing calls alone: an event no meter takes would be quarantined, as it should.
    return [
      ...(roll(3) === 0 && direction === 'outgoing'
        ? [event('call', 'call.ended', { direction, minutes: `${String(roll(20))}.${String(roll(10))}` })]
        : []),
      ...(roll(4) === 0 ? [event('sms', 'message.sent', {})] : []),
      ...(hour >= 240 && hour < 312 && roll(2) === 0
        ? [
            event('data', 'data.used', {
              network: 'roaming',
              megabytes: `${String(roll(90))}.${String(roll(1000)).padStart(3, '0')}`,
            }),
          ]
        : []),
    ];
  }).flat();
};

/** An hourly reading for every hour of New York's January; one of them sent with two bodies. */
const readings = (): readonly DemoEvent[] => {
  const start = instant('2026-01-01T05:00:00.000Z');
  const roll = dice(11);
  const hourly = Array.from({ length: 31 * 24 }, (_, hour): DemoEvent => {
    const local = hour % 24;
    const day = local >= 7 && local < 22;
    const kw = `${String((day ? 2 : 0) + roll(3))}.${String(roll(100)).padStart(2, '0')}`;
    return {
      id: `read-${String(hour).padStart(4, '0')}`,
      source: 'head-end',
      type: 'meter.read',
      subject: 'US-NY-0042',
      time: at(start, hour),
      data: { band: day ? 'day' : 'night', kwh: kw, kw },
    };
  });
  const [first] = hourly.slice(100);
  return first === undefined ? hourly : [...hourly, { ...first, data: { ...first.data, kwh: '99' } }];
};

/** A month of completions for a workspace; a few events of a kind no meter knows. */
const completions = (): readonly DemoEvent[] => {
  const start = instant('2026-01-01T00:00:00.000Z');
  const roll = dice(13);
  return Array.from({ length: 12_000 }, (_, i): DemoEvent => ({
    id: `cmpl-${String(i).padStart(6, '0')}`,
    source: 'gateway-eu',
    type: i % 4_000 === 1 ? 'image.made' : 'completion.made',
    subject: 'workspace-7',
    time: at(start, 0, Math.floor((i / 12_000) * 31 * 24 * hourMs) + roll(200_000)),
    data: {
      inputTokens: String(200 + roll(6_000)),
      outputTokens: String(20 + roll(900)),
      user: `user-${String(roll(34))}`,
      model: roll(5) === 0 ? 'large' : 'small',
    },
  }));
};

export const companies: readonly Company[] = [
  {
    industry: 'telecom',
    entity: {
      key: 'nordfunk',
      name: 'Nordfunk GmbH',
      addressLines: ['Hafenstraße 12', '20457 Hamburg', 'Germany'],
      numberPrefix: 'NF',
    },
    customer: {
      externalId: 'schulz-and-co',
      name: 'Schulz & Co.',
      email: 'accounts@schulz.example',
      currency: 'EUR',
      timezone: 'Europe/Berlin',
      paymentMethod: 'pm_card_visa',
      address: { line1: 'Torstraße 5', postalCode: '10119', city: 'Berlin', country: 'DE' },
    },
    points: ['sim-89490200001', 'sim-89490200002'],
    usage: calls,
  },
  {
    industry: 'utility',
    entity: {
      key: 'hudson_power',
      name: 'Hudson Power & Light',
      addressLines: ['1 Dynamo Way', 'Albany, NY 12207', 'USA'],
      numberPrefix: 'HPL',
    },
    customer: {
      externalId: 'maple-joinery',
      name: 'Maple Street Joinery',
      email: 'office@maple.example',
      currency: 'USD',
      timezone: 'America/New_York',
      paymentMethod: 'pm_card_visa',
      address: { line1: '40 Maple Street', postalCode: '12186', city: 'Voorheesville', region: 'NY', country: 'US' },
    },
    points: ['US-NY-0042'],
    usage: readings,
  },
  {
    industry: 'saas',
    entity: {
      key: 'quill',
      name: 'Quill Models Inc.',
      addressLines: ['500 Mission Street', 'San Francisco, CA 94105', 'USA'],
      numberPrefix: 'QM',
    },
    customer: {
      externalId: 'lantern-labs',
      name: 'Lantern Labs',
      email: 'billing@lantern.example',
      currency: 'USD',
      timezone: 'UTC',
      paymentMethod: 'pm_double_declines_1_then_succeeds',
      address: { line1: '9 Canal Walk', postalCode: 'EC1V 2NX', city: 'London', country: 'GB' },
    },
    points: ['workspace-7'],
    usage: completions,
  },
];
