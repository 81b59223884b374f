/** Parts as the audit reads them: from the stored text and nothing else. */
import { fromPlain } from '../plain.ts';
import type { Snapshot } from './snapshot.ts';

/** The content of a part; undefined where there is none, which is a violation of its own (I6). */
export const storedPart = <Content>({ parts }: Snapshot, hash: string): Content | undefined => {
  const text = parts.get(hash);
  return text === undefined ? undefined : (fromPlain(JSON.parse(text)) as Content);
};
