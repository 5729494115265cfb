import { announceAnswer } from './answer-event.ts';
import { enhanceChoices } from './check-choices.ts';
import { enhanceNumeric } from './check-numeric.ts';
import { enhanceOrder } from './check-order.ts';
// Whole in one file: what it shares with this script would otherwise be taken out of it, and weigh on every lesson.
// oxlint-disable-next-line import/default -- the query makes the import a URL.
import countedUrl from './counted/enhance-counted.ts?sandboxed';
// What only somebody who is signed in needs shares the progress database with the page.
// oxlint-disable-next-line import/default -- the query makes the import a URL.
import heldTryUrl from './counted/held-try.ts?entry-url';

type Counted = typeof import('./counted/enhance-counted.ts');
type HeldTries = typeof import('./counted/held-try.ts');

/** What a kind of check reports when the reader commits to an answer. */
export type OnAnswer = (answer: number | readonly number[], correct: boolean) => void;

/** `<knowledge-check>`: makes the static question answerable and explains every option afterwards. */
class KnowledgeCheck extends HTMLElement {
  connectedCallback(): void {
    if (this.dataset['ready']) return;
    if (this.dataset['counts'] !== undefined) return void this.connectCounted();
    this.dataset['ready'] = 'true';
    const { check = '', kind } = this.dataset;
    if (kind === 'single' || kind === 'multiple') {
      enhanceChoices(this, kind, (answer, correct) =>
        announceAnswer(this, { check, kind, correct, answer }),
      );
    } else if (kind === 'order' || kind === 'numeric') {
      const enhance = kind === 'order' ? enhanceOrder : enhanceNumeric;
      enhance(this, (answer, correct) => announceAnswer(this, { check, kind, correct, answer }));
    }
  }

  /** Only lessons with such a check load what asks the server. */
  private async connectCounted(): Promise<void> {
    const { enhanceCounted } = (await import(/* @vite-ignore */ countedUrl)) as Counted;
    enhanceCounted(this, () => import(/* @vite-ignore */ heldTryUrl) as Promise<HeldTries>);
    this.dataset['ready'] = 'true';
  }
}

customElements.define('knowledge-check', KnowledgeCheck);
