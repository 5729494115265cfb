import type { Attempt } from '../attempts/open-attempt.ts';

/** `<model-try>`: a form that asks a model in this tab. Nothing is fetched for it until it is first sent. */
class ModelTry extends HTMLElement {
  private attempt: Promise<Attempt> | null = null;

  connectedCallback(): void {
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.run();
    });
    this.addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      if (target.dataset['example'] !== undefined) this.take(target.dataset['example']);
      if ('stop' in target.dataset) void this.attempt?.then((attempt) => attempt.stop());
    });
    for (const control of this.querySelectorAll('button'))
      control.disabled = 'stop' in control.dataset;
  }

  private take(example: string): void {
    const field = this.querySelector('textarea');
    if (field) field.value = example;
    this.querySelector('form')?.requestSubmit();
  }

  private async run(): Promise<void> {
    this.attempt ??= import('../attempts/open-attempt.ts').then(({ openAttempt }) =>
      openAttempt(this),
    );
    try {
      await (await this.attempt).run();
    } catch (error) {
      this.attempt = null;
      this.report(error instanceof Error ? error.message : String(error));
    }
  }

  private report(message: string): void {
    const place = this.querySelector<HTMLElement>('[data-error]');
    if (!place) return;
    place.textContent = `This page's own files could not be fetched (${message}). Reload the page.`;
    place.hidden = false;
  }
}

customElements.define('model-try', ModelTry);
