/**
 * The log that makes the store survive `kill -9`: every entry is appended as one checksummed line
 * before its request is answered. Lines that gather while one write is under way go out together
 * in the next (group commit). When the file has grown, a snapshot takes its place:
 *   1. what is buffered is written out and the next log file is begun; from here on the two together are the state
 *   2. the state of that moment is written to `snapshot.N.part`, synced, and renamed to `snapshot.N`
 *   3. only then are the older files removed
 * A kill between any two of these leaves either the old snapshot with both logs, or the new one
 * with the new log.
 */
import * as fs from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from './database.ts';
import { encodeLine, readLines } from './log-lines.ts';

export interface LogOptions {
  /** Also survive the loss of power, at the price of a disk flush a group. A kill of the process needs no flush. */
  readonly fsync?: boolean;
  /** Compact when the log file has this many bytes. */
  readonly compactAt?: number;
}

const SNAPSHOT_CHUNK = 1024 * 1024;

interface Waiting {
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class WriteAheadLog {
  readonly #directory: string;
  readonly #fsync: boolean;
  readonly #compactAt: number;
  #snapshot: () => Iterable<Entry> = () => [];
  #generation = 0;
  #file = -1;
  #size = 0;
  #buffered: string[] = [];
  #appended = 0;
  #durable = 0;
  #waiting: Waiting[] = [];
  #draining = false;
  #compacting: Promise<void> | undefined;
  #broken: Error | undefined;

  constructor(directory: string, { fsync = false, compactAt = 64 * 1024 * 1024 }: LogOptions = {}) {
    this.#directory = directory;
    this.#fsync = fsync;
    this.#compactAt = compactAt;
    fs.mkdirSync(directory, { recursive: true });
  }

  /** Reads back what was written, cuts off a torn end, and opens for appending. `snapshot` tells the state any time. */
  recover(apply: (entry: Entry) => void, snapshot: () => Iterable<Entry>): void {
    this.#snapshot = snapshot;
    const { snapshots, logs } = this.#generations();
    const base = snapshots.at(-1) ?? 0;
    if (snapshots.length > 0) readWhole(this.#path('snapshot', base), apply);
    const live = logs.filter((generation) => generation >= base);
    this.#generation = live.at(-1) ?? base;
    for (const generation of live) {
      const path = this.#path('log', generation);
      if (generation !== this.#generation) readWhole(path, apply);
      else fs.truncateSync(path, readLines(path, apply).good);
    }
    this.#removeBefore(base);
    for (const name of fs.readdirSync(this.#directory)) {
      if (name.endsWith('.part')) fs.rmSync(join(this.#directory, name));
    }
    this.#openFile();
  }

  append(entry: Entry): void {
    if (this.#broken) throw this.#broken;
    this.#buffered.push(encodeLine(entry));
    this.#appended++;
    if (!this.#draining) {
      this.#draining = true;
      setImmediate(() => void this.#drain());
    }
  }

  /** Resolves when everything appended so far is written. */
  written(): Promise<void> {
    if (this.#broken) return Promise.reject(this.#broken);
    if (this.#durable === this.#appended) return Promise.resolve();
    const upTo = this.#appended;
    return new Promise((resolve, reject) => this.#waiting.push({ upTo, resolve, reject }));
  }

  async close(): Promise<void> {
    await this.written();
    await this.#compacting;
    fs.closeSync(this.#file);
    this.#broken = new Error('the log is closed');
  }

  async #drain(): Promise<void> {
    try {
      while (this.#buffered.length > 0) {
        const lines = this.#take();
        await write(this.#file, lines.text);
        if (this.#fsync) await datasync(this.#file);
        this.#release(lines.upTo, lines.text);
        if (this.#size >= this.#compactAt && !this.#compacting) this.#compact();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#draining = false;
    }
  }

  #take(): { readonly text: string; readonly upTo: number } {
    const text = this.#buffered.join('');
    this.#buffered = [];
    return { text, upTo: this.#appended };
  }

  #release(upTo: number, text: string): void {
    this.#durable = upTo;
    this.#size += Buffer.byteLength(text);
    const done = this.#waiting.findIndex((waiting) => waiting.upTo > upTo);
    for (const { resolve } of this.#waiting.splice(0, done === -1 ? this.#waiting.length : done)) resolve();
  }

  /** Memory is ahead of the disk now, so nothing more may be answered: every request fails until a restart. */
  #fail(error: unknown): void {
    this.#broken = new Error('the write-ahead log could not be written', { cause: error });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#broken);
  }

  #compact(): void {
    // In one go, so that the snapshot is exactly the state at the end of the old file.
    const lines = this.#take();
    if (lines.text !== '') fs.writeFileSync(this.#file, lines.text);
    if (this.#fsync) fs.fdatasyncSync(this.#file);
    this.#release(lines.upTo, lines.text);
    fs.closeSync(this.#file);
    this.#generation++;
    this.#openFile();
    this.#compacting = this.#writeSnapshot(this.#generation, this.#snapshot())
      .catch((error: unknown) => this.#fail(error))
      .finally(() => (this.#compacting = undefined));
  }

  async #writeSnapshot(generation: number, entries: Iterable<Entry>): Promise<void> {
    const path = this.#path('snapshot', generation);
    const part = `${path}.part`;
    const file = await open(part, 'w');
    let chunk = '';
    for (const entry of entries) {
      chunk += encodeLine(entry);
      if (chunk.length < SNAPSHOT_CHUNK) continue;
      await file.appendFile(chunk);
      chunk = '';
    }
    await file.appendFile(chunk);
    await file.sync();
    await file.close();
    await rename(part, path);
    this.#removeBefore(generation);
  }

  #openFile(): void {
    this.#file = fs.openSync(this.#path('log', this.#generation), 'a');
    this.#size = fs.fstatSync(this.#file).size;
  }

  #path(kind: 'log' | 'snapshot', generation: number): string {
    return join(this.#directory, `${kind}.${generation}`);
  }

  #generations(): { readonly snapshots: readonly number[]; readonly logs: readonly number[] } {
    const names = fs.readdirSync(this.#directory);
    const of = (kind: string): readonly number[] =>
      names
        .map((name) => new RegExp(`^${kind}\\.(\\d+)$`).exec(name)?.[1])
        .filter((digits) => digits !== undefined)
        .map(Number)
        .sort((a, b) => a - b);
    return { snapshots: of('snapshot'), logs: of('log') };
  }

  #removeBefore(generation: number): void {
    const { snapshots, logs } = this.#generations();
    for (const old of snapshots.filter((each) => each < generation)) fs.rmSync(this.#path('snapshot', old));
    for (const old of logs.filter((each) => each < generation)) fs.rmSync(this.#path('log', old));
  }
}

function readWhole(path: string, apply: (entry: Entry) => void): void {
  const { good, size } = readLines(path, apply);
  if (good < size) throw new Error(`${path} ends in a torn line, though a later file was begun`);
}

const write = (file: number, text: string): Promise<void> =>
  new Promise((resolve, reject) => fs.appendFile(file, text, (error) => (error ? reject(error) : resolve())));

const datasync = (file: number): Promise<void> =>
  new Promise((resolve, reject) => fs.fdatasync(file, (error) => (error ? reject(error) : resolve())));
