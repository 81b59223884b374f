/** Every kind of request, how often it is made among all, and which addresses it is made for. */
import { type Chance } from '#test/simulation/engine/chance.ts';
import { bodyVerdict, isPlainlyWritten } from './body-verdict.ts';
import { askedOf } from './draft.ts';
import { oddAuthorization, oddHeader, oddPath, oddQuery, otherMethod } from './odd-addresses.ts';
import {
  bigBody,
  brokenJson,
  deepNesting,
  type Make,
  otherContentType,
  otherEncoding,
  packed,
  repeatedKey,
  routeLimit,
  wrongFlag,
} from './odd-bodies.ts';
import { boundary, extra, hostile, missing, oddNumber, otherForm, otherType, type Spoil } from './spoilt-values.ts';
import type { Target } from './target.ts';

interface Kind {
  readonly weight: number;
  readonly make: Make;
  /** Made of any address unless it needs a body, or takes one. */
  readonly needs?: 'body' | 'post';
}

const good: Make = (draft, sender, random) => {
  const asked = askedOf(draft, sender, 'taken');
  return random() < 0.3 ? { ...asked, carried: 'as text' } : asked;
};

/** Sent as the value it is, and held to what its schema says of it. */
const spoilt =
  (spoil: Spoil): Make =>
  (draft, sender, random) => {
    const body = spoil(draft, random);
    if (body === undefined) return undefined;
    const text = JSON.stringify(body);
    const bytes = Buffer.from(text);
    // At its bounds a body can become longer than any address takes.
    const verdict = isPlainlyWritten(text) ? bodyVerdict(draft.target, JSON.parse(text)) : 'anything';
    return askedOf(draft, sender, verdict === 'taken' && bytes.length > routeLimit ? 'refused' : verdict, bytes);
  };

export const kinds = {
  good: { weight: 30, make: good },
  missing: { weight: 4, make: spoilt(missing), needs: 'body' },
  extra: { weight: 4, make: spoilt(extra), needs: 'body' },
  otherType: { weight: 6, make: spoilt(otherType), needs: 'body' },
  boundary: { weight: 10, make: spoilt(boundary), needs: 'body' },
  hostile: { weight: 10, make: spoilt(hostile), needs: 'body' },
  oddNumber: { weight: 4, make: spoilt(oddNumber), needs: 'body' },
  otherForm: { weight: 4, make: spoilt(otherForm), needs: 'body' },
  brokenJson: { weight: 5, make: brokenJson, needs: 'post' },
  repeatedKey: { weight: 2, make: repeatedKey, needs: 'body' },
  deepNesting: { weight: 1, make: deepNesting, needs: 'post' },
  bigBody: { weight: 1, make: bigBody, needs: 'body' },
  otherContentType: { weight: 2, make: otherContentType, needs: 'post' },
  packed: { weight: 2, make: packed, needs: 'post' },
  wrongFlag: { weight: 1, make: wrongFlag, needs: 'post' },
  otherEncoding: { weight: 1, make: otherEncoding, needs: 'post' },
  oddPath: { weight: 4, make: oddPath },
  oddQuery: { weight: 4, make: oddQuery },
  oddHeader: { weight: 3, make: oddHeader },
  oddAuthorization: { weight: 2, make: oddAuthorization },
  otherMethod: { weight: 1, make: otherMethod },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;
const kindNames = Object.keys(kinds) as readonly KindName[];

const isFor = (name: KindName, { body, method }: Target): boolean => {
  const { needs }: Kind = kinds[name];
  return needs === undefined || (needs === 'body' ? body !== undefined : method !== 'GET');
};

/** By weight, among the kinds that can be made for the address. */
export const drawKind = (target: Target, random: Chance): KindName => {
  const fit = kindNames.filter((name) => isFor(name, target));
  let at = random() * fit.reduce((sum, name) => sum + kinds[name].weight, 0);
  return fit.find((name) => (at -= kinds[name].weight) < 0) ?? 'good';
};
