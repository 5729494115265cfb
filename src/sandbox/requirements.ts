/** Something this browser lacks that every lab needs: said before anyone invests time. */
export interface Unmet {
  readonly message: string;
  readonly repair: string;
}

const OLD = 'Use a current Chromium, Chrome, Edge, Firefox or Safari.';
/** Models, the compiler and the editor as they lie in the browser's cache, with room for a learner's work. */
const ROOM_BYTES = 100 * 1024 * 1024;

/** Everything this browser lacks for a lab; empty when labs can be started. Takes a few milliseconds. */
export async function findUnmet(): Promise<readonly Unmet[]> {
  const found = [insecureContext(), oldBrowser(), noWebAssembly(), noModuleWorkers()];
  return [...found, await noIndexedDb(), await noRoom()].filter((one) => one !== null);
}

function insecureContext(): Unmet | null {
  if (isSecureContext) return null;
  return {
    message: `This page was opened over ${location.protocol}//, which browsers treat as insecure: code signing, storage and models are switched off.`,
    repair: 'Open the site over https:// or, on the machine that serves it, at http://localhost.',
  };
}

function oldBrowser(): Unmet | null {
  const needed: Record<string, boolean> = {
    'Promise.withResolvers': 'withResolvers' in Promise,
    'AbortSignal.any': 'any' in AbortSignal,
    'AbortSignal.timeout': 'timeout' in AbortSignal,
    structuredClone: 'structuredClone' in globalThis,
    ReadableStream: 'ReadableStream' in globalThis,
    MessageChannel: 'MessageChannel' in globalThis,
    'Array.prototype.toSorted': 'toSorted' in Array.prototype,
  };
  const missing = Object.keys(needed).filter((name) => !needed[name]);
  if (missing.length === 0) return null;
  return {
    message: `This browser is too old for the labs: it lacks ${missing.join(', ')}.`,
    repair: OLD,
  };
}

function noWebAssembly(): Unmet | null {
  if (typeof WebAssembly === 'object') return null;
  return {
    message: 'WebAssembly is switched off or missing; models run in it.',
    repair: `Switch it on (some hardened profiles disable it) or ask who manages this browser. ${OLD}`,
  };
}

/** A browser that knows module workers reads `type` from the options; the worker is never run. */
function noModuleWorkers(): Unmet | null {
  const unmet = {
    message: 'This browser has no module workers; every pod runs in one.',
    repair: OLD,
  };
  if (!('Worker' in globalThis)) return unmet;
  let isRead = false;
  const options = {
    get type(): 'module' {
      isRead = true;
      return 'module';
    },
  };
  const url = URL.createObjectURL(new Blob([], { type: 'text/javascript' }));
  new Worker(url, options).terminate();
  URL.revokeObjectURL(url);
  return isRead ? null : unmet;
}

function noIndexedDb(): Promise<Unmet | null> {
  const unmet: Unmet = {
    message:
      'This browser does not let the site keep data (IndexedDB), so your files and verdicts would be lost.',
    repair: 'Leave private browsing, or allow this site to store data.',
  };
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open('day-two-requirements');
      opening.onerror = () => {
        resolve(unmet);
      };
      opening.onsuccess = () => {
        opening.result.close();
        indexedDB.deleteDatabase('day-two-requirements');
        resolve(null);
      };
    } catch {
      resolve(unmet); // No indexedDB at all, or access refused outright: the same thing to a learner.
    }
  });
}

async function noRoom(): Promise<Unmet | null> {
  if (!('storage' in navigator) || !('estimate' in navigator.storage)) return null;
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = await navigator.storage.estimate();
  const free = quota - usage;
  if (free >= ROOM_BYTES) return null;
  const megabytes = Math.floor(free / 1024 / 1024);
  return {
    message: `This browser has ${megabytes} MB left for this site; a lab needs up to 100 MB.`,
    repair: 'Free disk space, or delete data of other sites in the browser settings.',
  };
}
