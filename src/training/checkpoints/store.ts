import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { TrainingState } from '../compute/trainer.ts';
import { decodeState, encodeState } from './encode.ts';

/** A checkpoint on disk, by its step and its size. */
interface Saved {
  readonly step: number;
  readonly bytes: number;
}

/** What is left of a job's checkpoints. */
interface Loaded {
  readonly state: TrainingState;
  /** Steps of newer checkpoints whose checksum was wrong. */
  readonly broken: readonly number[];
}

/** Checkpoints of one job in this browser's storage. */
export interface CheckpointStore {
  /**
   * Writes a checkpoint and then removes all older ones but the last, in one transaction: whatever goes wrong, what
   * was there before is still there. Rejects with a QuotaExceededError when the storage is full.
   */
  save(state: TrainingState): Promise<Saved>;
  /** The newest checkpoint that is whole, or null. */
  load(): Promise<Loaded | null>;
  /** Forgets the checkpoint at a step, if there is one. */
  drop(step: number): Promise<void>;
  /** Forgets the job's checkpoints. */
  clear(): Promise<void>;
  close(): void;
}

interface Schema extends DBSchema {
  checkpoints: { key: [job: string, step: number]; value: Uint8Array<ArrayBuffer> };
}

/** One more than is needed, in case the newest is not whole. */
const KEPT = 2;

/** Opens the storage; rejects where the browser has none for this site. */
export async function openCheckpoints(
  job: string,
  database = 'day-two-training',
): Promise<CheckpointStore> {
  const db = await openDB<Schema>(database, 1, {
    upgrade: (opened) => void opened.createObjectStore('checkpoints'),
    blocking: () => db.close(),
  });
  const ofJob = IDBKeyRange.bound([job, 0], [job, Infinity]);
  return {
    async save(state) {
      const bytes = encodeState(state);
      await replace(db, ofJob, [job, state.step], bytes);
      return { step: state.step, bytes: bytes.length };
    },
    async load() {
      const broken: number[] = [];
      const keys = await db.getAllKeys('checkpoints', ofJob);
      for (const key of keys.toReversed()) {
        const bytes = await db.get('checkpoints', key);
        const state = bytes && decodeState(bytes);
        if (state) return { state, broken };
        broken.push(key[1]);
      }
      return null;
    },
    drop: (step) => db.delete('checkpoints', [job, step]),
    async clear() {
      await db.delete('checkpoints', ofJob);
    },
    close: () => db.close(),
  };
}

async function replace(
  db: IDBPDatabase<Schema>,
  ofJob: IDBKeyRange,
  key: [job: string, step: number],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  // Strict: done is said when the bytes are on the disk, which is what a checkpoint costs.
  const transaction = db.transaction('checkpoints', 'readwrite', { durability: 'strict' });
  const { store } = transaction;
  const written = store.put(bytes, key);
  const removed = written
    .then(() => store.getAllKeys(ofJob))
    .then((keys) => Promise.all(keys.slice(0, -KEPT).map((old) => store.delete(old))));
  await Promise.all([written, removed, transaction.done]);
}
