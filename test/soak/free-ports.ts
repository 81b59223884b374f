/**
 * Ports for processes that must come back on the same one. They lie below those the
 * system hands to outgoing connections: a client that keeps knocking while its server is
 * away can else be given that very port itself, and connect to itself.
 */
import { createServer } from 'node:net';
import { below, type Chance } from '../simulation/engine/chance.ts';

const [lowest, highest] = [20_000, 32_000];

export const freePorts = async (count: number, random: Chance): Promise<readonly number[]> => {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = lowest + below(random, highest - lowest);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
