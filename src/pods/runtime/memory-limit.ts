import type { Tell } from './run-container.ts';

const PAGE_BYTES = 64 * 1024;
/** Smaller ones are not worth the counting: a hoard of them is a heap, see below. */
const LEAST_BYTES = 4096;

/**
 * Counts the bytes of buffers, typed arrays, WebAssembly memories and long arrays, live until collected,
 * and ends the container where the next one would pass `limit`.
 *
 * What it cannot see: ordinary objects and strings. No engine tells a worker the size of its heap
 * (`performance.memory` is for windows, `measureUserAgentSpecificMemory` wants cross-origin isolation).
 * A heap that grows in a loop is ended by the heartbeat, because such a loop answers no ping; one that
 * grows slowly between pings is ended only by the browser.
 */
export function limitMemory(limit: number, tell: Tell): void {
  let live = 0;
  const freed = new FinalizationRegistry((bytes: number) => {
    live -= bytes;
  });
  const claim = (bytes: number): void => {
    if (!(bytes > 0) || live + bytes <= limit) return;
    const [held, wanted, most] = [live, bytes, limit].map((one) => Math.ceil(one / 1024 / 1024));
    const message = `It held ${held} MiB of buffers and asked for ${wanted} MiB more; its limit is ${most} MiB.`;
    tell({ t: 'exit', reason: 'OOMKilled', message });
    throw new RangeError(`Out of memory. ${message}`);
  };
  const hold = <T extends object>(owner: T, bytes: number): T => {
    if (bytes >= LEAST_BYTES) {
      live += bytes;
      freed.register(owner, bytes);
    }
    return owner;
  };
  guardBuffers({ claim, hold });
  guardArrays({ claim, hold });
  guardWebAssembly({ claim, hold });
}

interface Account {
  /** Throws, and ends the container, where the bytes are not left. */
  readonly claim: (bytes: number) => void;
  readonly hold: <T extends object>(owner: T, bytes: number) => T;
}

type Constructor = abstract new (...args: never) => object;

function guardBuffers(account: Account): void {
  guard('ArrayBuffer', account, ([length]) => Number(length));
  for (const name of TYPED_ARRAYS) {
    const native = (globalThis as Record<string, unknown>)[name] as
      (Constructor & { BYTES_PER_ELEMENT: number }) | undefined;
    if (native) guard(name, account, ([from]) => lengthOf(from) * native.BYTES_PER_ELEMENT);
  }
}

const TYPED_ARRAYS = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
];

/** A view of an existing buffer costs nothing; a length or a list is a buffer of its own. */
function lengthOf(from: unknown): number {
  if (typeof from === 'number') return from;
  if (typeof from !== 'object' || from === null || from instanceof ArrayBuffer) return 0;
  return 'length' in from ? Number(from.length) : 0;
}

/** Only `new Array(n)`: its prototype keeps the native constructor, or every map and slice would leave the engine's fast path. */
function guardArrays(account: Account): void {
  const bytes = ([length]: readonly unknown[]): number =>
    typeof length === 'number' && length > 10_000 ? length * 8 : 0;
  define('Array', guarded(Array, account, bytes));
}

function guardWebAssembly({ claim, hold }: Account): void {
  const { Memory } = WebAssembly;
  // oxlint-disable-next-line typescript/unbound-method -- called below with the memory it was called on
  const grow = Memory.prototype.grow;
  Memory.prototype.grow = function (pages) {
    claim(pages * PAGE_BYTES);
    const before = Reflect.apply(grow, this, [pages]);
    hold(this, pages * PAGE_BYTES);
    return before;
  };
  const initial = ([descriptor]: readonly unknown[]): number =>
    Number((descriptor as WebAssembly.MemoryDescriptor | undefined)?.initial ?? 0) * PAGE_BYTES;
  Object.defineProperty(WebAssembly, 'Memory', {
    value: guarded(Memory, { claim, hold }, initial),
    writable: true,
    configurable: true,
  });
}

function guard(name: string, account: Account, bytes: (args: readonly unknown[]) => number): void {
  const native = (globalThis as Record<string, unknown>)[name] as Constructor;
  const wrapped = guarded(native, account, bytes);
  define(name, wrapped);
  // What the engine allocates for slice, map or from asks the prototype for its constructor.
  Object.defineProperty(native.prototype, 'constructor', {
    value: wrapped,
    writable: true,
    configurable: true,
  });
}

function guarded<T extends Constructor>(
  native: T,
  { claim, hold }: Account,
  bytes: (args: readonly unknown[]) => number,
): T {
  return new Proxy(native, {
    construct(target, args: unknown[], newTarget) {
      const size = bytes(args);
      claim(size);
      return hold(Reflect.construct(target, args, newTarget) as object, size);
    },
  });
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
