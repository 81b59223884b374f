/**
 * A good request that was taken under an Idempotency-Key is sent once more, byte for
 * byte: it must have the answer it had, and no effect. A key that is shown once is not
 * shown again.
 */
import type { Asked } from '../requests/asked.ts';
import type { FuzzWorld } from '../world/fuzz-world.ts';
import type { Answered } from './answered.ts';
import { send } from './send.ts';

export const sentAgainComplaints = async (
  world: FuzzWorld,
  asked: Asked,
  first: Answered,
): Promise<readonly string[]> => {
  const { target, expected, headers } = asked;
  const isKept =
    expected === 'taken' &&
    target.lane === undefined &&
    target.method === 'POST' &&
    headers['idempotency-key'] !== undefined;
  if (!isKept || first.status >= 400) return [];
  const again = await send(world, asked);
  return [
    ...(again.writes > 0 ? ['sent again it wrote again'] : []),
    ...(again.headers['idempotency-replayed'] === 'true' ? [] : ['sent again it is not said to be a replay']),
    ...(again.status === first.status && textWithoutKey(again) === textWithoutKey(first)
      ? []
      : ['sent again it has another answer']),
  ];
};

const textWithoutKey = ({ text }: Answered): string => text.replace(/"key":(?:null|"ch_[^"]*")/, '"key":…');
