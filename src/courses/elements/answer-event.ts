/** What a `day-two:check-answered` event on `document` carries. */
export interface CheckAnswered {
  /** `<course>/<lesson>`. */
  readonly lesson: string;
  /** The check's id within its lesson. */
  readonly check: string;
  readonly kind: 'single' | 'multiple' | 'numeric' | 'order' | 'predict';
  /** null for a prediction, which is never wrong. */
  readonly correct: boolean | null;
  /** Option numbers as authored, from 0 (of a check that counts, as shown), or the number that was written. */
  readonly answer: number | readonly number[];
}

/** Tells the page that a check was answered; the lesson is read from `<article data-lesson>`. */
export function announceAnswer(element: Element, answered: Omit<CheckAnswered, 'lesson'>): void {
  const lesson = element.closest<HTMLElement>('[data-lesson]')?.dataset['lesson'];
  if (!lesson) return;
  const detail: CheckAnswered = { lesson, ...answered };
  document.dispatchEvent(new CustomEvent('day-two:check-answered', { detail }));
}
