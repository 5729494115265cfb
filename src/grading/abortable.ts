/** The work's result, or a rejection as soon as the signal aborts: work that ignores it cannot hold the caller. */
export async function orAbort<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  // It may end long after nobody waits for it.
  work.catch(() => {});
  const release = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(new DOMException('The grade was stopped.', 'AbortError'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { signal: release.signal });
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    release.abort();
  }
}
