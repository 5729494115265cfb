import { watchProgress } from '../changes.ts';
import type { CheckAnswer } from '../event-schema.ts';
import {
  lessonStates,
  type LessonState,
  recordCheckAnswered,
  recordLessonRead,
  recordLessonUnread,
} from '../lesson-progress.ts';
import { watchReading } from './watch-reading.ts';

/**
 * `<lesson-end>`: keeps that the lesson was read, when its end was reached or the button pressed,
 * and the answers to its checks.
 */
class LessonEnd extends HTMLElement {
  private isRead = false;

  async connectedCallback(): Promise<void> {
    document.addEventListener('day-two:check-answered', (event) => {
      const answer = (event as CustomEvent<CheckAnswer>).detail;
      void this.attempt(() => recordCheckAnswered(answer));
    });
    this.button.addEventListener('click', () => void this.attempt(() => this.toggle()));
    watchProgress(({ what }, from) => {
      // Reading what was forgotten would make the database again.
      const isKnown = what === 'forgotten' || (what === 'events' && from === 'this-tab');
      if (!isKnown) void this.attempt(async () => void (await this.showState()));
    });
    await this.attempt(() => this.start());
  }

  private async start(): Promise<void> {
    const state = await this.showState();
    // Someone who said that it is unread is not contradicted.
    if (typeof state?.read === 'boolean') return;
    const minutes = Number(this.dataset['minutes']);
    watchReading(this, minutes, () => void this.attempt(() => this.reachEnd()));
  }

  private async showState(): Promise<LessonState | undefined> {
    const state = (await lessonStates(this.lesson)).get(this.lesson);
    if (state?.readAt) this.show(true, `You read this lesson on ${formatDay(state.readAt)}.`);
    else this.show(false, '');
    return state;
  }

  private async reachEnd(): Promise<void> {
    if (this.isRead) return;
    await recordLessonRead(this.lesson, 'reached-end');
    this.show(true, 'Marked as read, because you reached the end.');
  }

  private async toggle(): Promise<void> {
    const isRead = !this.isRead;
    await (isRead ? recordLessonRead(this.lesson, 'marked') : recordLessonUnread(this.lesson));
    this.show(isRead, isRead ? 'Marked as read.' : 'Marked as not read.');
  }

  private show(isRead: boolean, status: string): void {
    this.isRead = isRead;
    this.button.hidden = false;
    this.button.textContent = isRead ? 'Mark as not read' : 'Mark as read';
    this.status.textContent = status;
  }

  /** Says that something was not kept; the words for each cause are on the progress page. */
  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.status.innerHTML =
        'This was not kept in this browser. Reload the page; if it happens again, <a href="/progress/">your progress page</a> says why.';
      throw error;
    }
  }

  private get lesson(): string {
    return this.dataset['lesson']!;
  }

  private get button(): HTMLButtonElement {
    return this.querySelector('button')!;
  }

  private get status(): HTMLElement {
    return this.querySelector('p')!;
  }
}

function formatDay(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { dateStyle: 'long' });
}

customElements.define('lesson-end', LessonEnd);
