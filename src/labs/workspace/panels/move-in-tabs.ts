/** Arrow keys, Home and End for a `role="tablist"`; the tab that gets focus is also chosen. */
export function moveInTabs(event: KeyboardEvent): void {
  const list = event.currentTarget;
  if (!(list instanceof HTMLElement)) return;
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]:not([disabled])')];
  const now = tabs.findIndex((tab) => tab === document.activeElement);
  const next = target(event.key, now, tabs.length);
  if (now < 0 || next === null) return;
  event.preventDefault();
  tabs[next]?.focus();
  tabs[next]?.click();
}

function target(key: string, now: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (now + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (now - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
