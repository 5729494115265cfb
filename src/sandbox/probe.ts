/**
 * Runs once in a fresh sandbox, where a learner's code would run, and tries everything that such
 * code must not be able to do. Bundled with `?sandboxed-text`.
 */
export interface ProbeReport {
  /** What could be done although it must not. */
  readonly reached: readonly string[];
  /** What is needed and missing. */
  readonly missing: readonly string[];
  /** What the browser reported as blocked by policy; empty where it reports nothing to workers. */
  readonly violations: readonly string[];
}

const PATIENCE_MS = 1500;
/** Where the page leaves something that the probe must not find. */
export const PROBE_CACHE = 'day-two-probe';

/** Waits on the port for `{ target }`, a URL of the platform that answers, and posts a `ProbeReport`. */
export default function startProbe(port: MessagePort): void {
  const violations: string[] = [];
  addEventListener('securitypolicyviolation', (event) => {
    violations.push(event.effectiveDirective);
  });
  port.onmessage = ({ data }: MessageEvent<{ readonly target: string }>) => {
    void probe(data.target).then((found) => {
      port.postMessage({ ...found, violations } satisfies ProbeReport);
    });
  };
}

async function probe(target: string): Promise<Omit<ProbeReport, 'violations'>> {
  const attempts = Object.entries(attemptsOn(target));
  const outcomes = await Promise.all(attempts.map(([, attempt]) => isReached(attempt)));
  const reached = attempts.filter((_, index) => outcomes[index]).map(([name]) => name);
  return { reached, missing: await findMissing() };
}

/** Each resolves only when the forbidden thing worked. */
function attemptsOn(target: string): Record<string, () => Promise<unknown>> {
  return {
    // no-cors: a request that left would resolve, so a rejection means that none did.
    fetch: () => fetch(target, { mode: 'no-cors', cache: 'no-store' }),
    'the platform as origin': () => refuseUnless(self.origin !== 'null'),
    XMLHttpRequest: () => xhr(target),
    WebSocket: () => opened(() => new WebSocket(target.replace(/^http/, 'ws'))),
    EventSource: () => opened(() => new EventSource(target)),
    'import of a script from the network': () => import(/* @vite-ignore */ target),
    importScripts: async () => {
      importScripts(target);
    },
    IndexedDB: () => indexedDbOpened(),
    // WebKit gives an opaque origin a cache of its own; what matters is that it is not the platform's.
    "the platform's cache storage": () => cached(target),
    'private file system': () => navigator.storage.getDirectory(),
    eval: async () => {
      // The Function constructor: a direct eval would keep the bundler from minifying.
      Reflect.construct(Object.getPrototypeOf(startProbe).constructor, ['return 1']);
    },
    WebRTC: () => refuseUnless('RTCPeerConnection' in self),
    'the document': () => refuseUnless('document' in self || 'parent' in self),
  };
}

async function isReached(attempt: () => Promise<unknown>): Promise<boolean> {
  const outOfTime = new Promise<boolean>((resolve) => {
    setTimeout(resolve, PATIENCE_MS, false);
  });
  const worked = (async () => attempt())().then(
    () => true,
    () => false,
  );
  return Promise.race([worked, outOfTime]);
}

async function refuseUnless(isPresent: boolean): Promise<void> {
  if (!isPresent) throw new Error('absent');
}

function xhr(target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.onload = () => {
      resolve();
    };
    request.onerror = reject;
    request.open('GET', target);
    request.send();
  });
}

function opened(open: () => EventTarget): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = open();
    connection.addEventListener('open', () => {
      resolve();
    });
    connection.addEventListener('error', reject);
  });
}

async function cached(target: string): Promise<void> {
  const cache = await caches.open(PROBE_CACHE);
  if (!(await cache.match(target))) throw new Error('absent');
}

function indexedDbOpened(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('probe');
    opening.onsuccess = () => {
      resolve();
    };
    opening.onerror = reject;
  });
}

async function findMissing(): Promise<string[]> {
  const has: Record<string, boolean> = {
    WebAssembly: await compilesWebAssembly(),
    'crypto.subtle (a secure context)': typeof crypto.subtle === 'object',
    MessageChannel: typeof MessageChannel === 'function',
    'streams, Request and Response':
      typeof ReadableStream === 'function' && typeof Response === 'function',
  };
  return Object.keys(has).filter((name) => !has[name]);
}

/** The smallest module: policy may forbid what the engine could do. */
async function compilesWebAssembly(): Promise<boolean> {
  if (typeof WebAssembly !== 'object') return false;
  return WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then(
    () => true,
    () => false,
  );
}
