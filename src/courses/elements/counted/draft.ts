import type { Answer } from '#answers/answer.ts';

/** An answer that the server has not graded yet. */
export interface Draft {
  read(): Answer | null;
  keep(answer: Answer): void;
  drop(): void;
}

/** Keeps it in this browser, as far as the browser stores anything; the page itself holds it too. */
export function openDraft(lesson: string, check: string): Draft {
  const key = `day-two-answer ${lesson} ${check}`;
  return {
    read: () => {
      try {
        return parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    keep: (answer) => attempt(() => localStorage.setItem(key, JSON.stringify(answer))),
    drop: () => attempt(() => localStorage.removeItem(key)),
  };
}

function parse(text: string | null): Answer | null {
  const value = JSON.parse(text ?? 'null') as unknown;
  if (typeof value === 'number') return value;
  return Array.isArray(value) && value.every(Number.isInteger) ? (value as number[]) : null;
}

/** A browser that refuses storage, or has no room, keeps the answer on the page alone. */
function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
