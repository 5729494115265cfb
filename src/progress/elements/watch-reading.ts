const shortestMs = 20_000;
const plausibleShare = 0.25;

/**
 * Calls `onRead` once, when `end` is in view and the page has been looked at for a quarter of the
 * reading time, at least 20 seconds: a jump to the end is not reading.
 */
export function watchReading(end: Element, minutes: number, onRead: () => void): void {
  const neededMs = Math.max(shortestMs, minutes * 60_000 * plausibleShare);
  let seenMs = 0;
  let visibleSince: number | null = null;
  let isEndInView = false;
  let timer: number | undefined;

  const update = () => {
    const now = performance.now();
    if (visibleSince !== null) seenMs += now - visibleSince;
    visibleSince = document.visibilityState === 'visible' ? now : null;
    clearTimeout(timer);
    if (!isEndInView || visibleSince === null) return;
    if (seenMs < neededMs) timer = window.setTimeout(update, neededMs - seenMs);
    else finish();
  };
  const observer = new IntersectionObserver(([entry]) => {
    isEndInView = entry?.isIntersecting ?? false;
    update();
  });
  const finish = () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', update);
    onRead();
  };
  observer.observe(end);
  document.addEventListener('visibilitychange', update);
  update();
}
