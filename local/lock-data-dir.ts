/** One cloud a data folder: two would both believe they own its files. A lock left by a killed process is taken over. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const lockDataDir = (dataDir: string): (() => void) => {
  const file = join(dataDir, 'lock');
  if (existsSync(file)) {
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner !== process.pid && isAlive(owner))
      throw new Error(`${dataDir} is in use by process ${String(owner)}; set DATA_DIR to another folder or stop it`);
  }
  writeFileSync(file, String(process.pid));
  const unlock = () => {
    rmSync(file, { force: true });
  };
  process.once('exit', unlock);
  return () => {
    process.off('exit', unlock);
    unlock();
  };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
