/** The language, and nothing of the browser. */
const LANGUAGE = `
  AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date
  Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity
  Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy
  RangeError ReferenceError Reflect RegExp Set String SuppressedError Symbol SyntaxError TypeError
  URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet constructor
  console decodeURI decodeURIComponent encodeURI encodeURIComponent globalThis isFinite isNaN
  parseFloat parseInt performance undefined
`;

export interface LockdownOptions {
  /** What `Math.random` gives from now on. */
  readonly random: () => number;
  /** What `Date.now` and `performance.now` give from now on, milliseconds. */
  readonly now: () => number;
  readonly log: (text: string) => void;
}

/**
 * Makes this worker a place in which code that is loaded later can neither see nor change what runs
 * already: no browser globals, a clock and chance of the run's own, and every built-in object frozen.
 * It keeps a policy honest and runs repeatable; what keeps results from being forged is that they
 * are computed elsewhere.
 */
export function lockDown(options: LockdownOptions): void {
  removeGlobals();
  replaceClocks(options);
  const isFrozen = new Set<object>();
  for (const prototype of overridable()) allowOverrides(prototype);
  for (const root of [...hiddenIntrinsics(), ...globalValues()]) freezeDeep(root, isFrozen);
  fixGlobals();
}

function removeGlobals(): void {
  const kept = new Set(LANGUAGE.trim().split(/\s+/));
  for (let scope: object = globalThis; scope !== Object.prototype;) {
    for (const name of Object.getOwnPropertyNames(scope))
      if (!kept.has(name)) Reflect.deleteProperty(scope, name);
    scope = Object.getPrototypeOf(scope) as object;
  }
}

function replaceClocks({ random, now, log }: LockdownOptions): void {
  const print = (...words: readonly unknown[]): void => log(words.map(format).join(' '));
  const globals = {
    Date: createRunDate(now),
    performance: { now },
    console: { log: print, info: print, warn: print, error: print, debug: print },
  };
  Math.random = random;
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** As `Date`, except that the present is the run's. The real one must not be found through it. */
function createRunDate(now: () => number): unknown {
  const RealDate = Date;
  function RunDate(...parts: readonly unknown[]): object | string {
    const date = Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts) as Date;
    return new.target ? date : date.toString();
  }
  RunDate.prototype = RealDate.prototype;
  RunDate.parse = RealDate.parse;
  RunDate.UTC = RealDate.UTC;
  RunDate.now = now;
  Object.defineProperty(RealDate.prototype, 'constructor', { value: RunDate });
  return RunDate;
}

function format(word: unknown): string {
  try {
    return typeof word === 'string' ? word : JSON.stringify(word);
  } catch {
    return '[a value that cannot be printed]';
  }
}

/** Objects that no name leads to. */
function hiddenIntrinsics(): object[] {
  const generator = function* (): Generator {};
  const asyncGenerator = async function* (): AsyncGenerator {};
  const asyncFunction = async (): Promise<void> => {};
  const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator]()];
  const others = ['a'.matchAll(/a/g), Object.getPrototypeOf(Uint8Array) as object];
  return [generator, asyncGenerator, asyncFunction, ...iterators, ...others].map(
    (one) => Object.getPrototypeOf(one) as object,
  );
}

function globalValues(): object[] {
  return Object.getOwnPropertyNames(globalThis)
    .map((name) => Reflect.get(globalThis, name) as unknown)
    .filter((value): value is object => isObject(value) && value !== globalThis);
}

/** Prototypes whose properties are often given to objects of one's own, such as the name of an error. */
function overridable(): object[] {
  const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError];
  return [Object.prototype, Function.prototype, ...errors.map(({ prototype }) => prototype)];
}

/** A frozen data property could not be assigned on what inherits it; a setter lets that through. */
function allowOverrides(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const property = Reflect.getOwnPropertyDescriptor(prototype, key);
    if (!property?.configurable || !('value' in property)) continue;
    const { value, enumerable } = property as { value: unknown; enumerable: boolean };
    Object.defineProperty(prototype, key, {
      enumerable,
      configurable: false,
      get: () => value,
      set(this: object, own: unknown) {
        if (this === prototype) throw new TypeError(`${String(key)} cannot be changed here.`);
        Object.defineProperty(this, key, {
          value: own,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      },
    });
  }
}

function freezeDeep(root: object, isFrozen: Set<object>): void {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const one = pending.pop();
    if (!isObject(one) || one === globalThis || isFrozen.has(one)) continue;
    isFrozen.add(one);
    Object.freeze(one);
    pending.push(Object.getPrototypeOf(one));
    for (const key of Reflect.ownKeys(one)) {
      const property = Reflect.getOwnPropertyDescriptor(one, key);
      pending.push(property?.value, property?.get, property?.set);
    }
  }
}

/** The global object itself cannot be frozen in a browser; its properties can. */
function fixGlobals(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const property = Reflect.getOwnPropertyDescriptor(globalThis, name);
    if (property?.configurable && 'value' in property)
      Object.defineProperty(globalThis, name, { configurable: false, writable: false });
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
