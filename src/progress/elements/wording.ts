import { make } from '#ui/make.ts';

/** A time as the reader's machine writes it. */
export function createTime(at: string): HTMLTimeElement {
  const text = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return make('time', { dateTime: at }, text);
}

/** `1 lesson`, `2 lessons`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
