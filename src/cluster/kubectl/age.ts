const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span as kubectl shortens it: `95s`, `3m20s`, `42m`, `5h10m`, `30h`, `3d4h`, `90d`. */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < 2 * MINUTE) return `${Math.floor(span / SECOND)}s`;
  if (span < 10 * MINUTE) return twoUnits(span, MINUTE, 'm', SECOND, 's');
  if (span < 3 * HOUR) return `${Math.floor(span / MINUTE)}m`;
  if (span < 8 * HOUR) return twoUnits(span, HOUR, 'h', MINUTE, 'm');
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)}h`;
  if (span < 8 * DAY) return twoUnits(span, DAY, 'd', HOUR, 'h');
  return `${Math.floor(span / DAY)}d`;
}

/** The time since `since` as kubectl shortens it; `<unknown>` when there is none. */
export function formatAge(since: Date | string | undefined, now = Date.now()): string {
  return since === undefined ? '<unknown>' : formatSpan(now - new Date(since).getTime());
}

function twoUnits(
  span: number,
  big: number,
  bigName: string,
  small: number,
  smallName: string,
): string {
  const rest = Math.floor((span % big) / small);
  const whole = `${Math.floor(span / big)}${bigName}`;
  return rest === 0 ? whole : `${whole}${rest}${smallName}`;
}
