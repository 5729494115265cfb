import { progressAvailability, type ProgressAvailability } from '../availability.ts';
import { watchProgress } from '../changes.ts';
import { openProgress, type Progress } from '../progress.ts';
import { explainProgressError, type ProgressTrouble } from '../progress-trouble.ts';
import { renderCopies } from './panel-copies.ts';
import { connectForget } from './panel-forget.ts';
import { readResults, renderResults, type Titles } from './panel-results.ts';
import { connectTransfer } from './panel-transfer.ts';
import { describeStorage } from './panel-storage.ts';

/** What the parts of the panel may ask of it. */
export interface Panel {
  readonly element: HTMLElement;
  readonly progress: Progress;
  /** Says something that screen readers announce too. */
  say(text: string): void;
  /** Runs an action of the reader and shows why it failed. */
  attempt(action: () => Promise<void>): Promise<void>;
}

/** `<progress-panel>`: shows what this browser keeps, and exports, imports or deletes it. */
class ProgressPanel extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const available = await progressAvailability();
    if (!available.isUsable) this.showTrouble(available.trouble);
    if (!available.isUsable && available.trouble.code !== 'quota') return this.disable();
    await this.attempt(() => this.connect(available));
  }

  private async connect(available: ProgressAvailability): Promise<void> {
    const panel: Panel = {
      element: this,
      progress: await openProgress(),
      say: (text) => this.say(text),
      attempt: (action) => this.attempt(action),
    };
    connectTransfer(panel);
    connectForget(panel);
    watchProgress((change) => {
      if (change.what === 'forgotten') this.showForgotten();
      else void this.attempt(() => this.render(panel, available));
    });
    await this.render(panel, available);
  }

  private async render(panel: Panel, available: ProgressAvailability): Promise<void> {
    const titles = JSON.parse(this.dataset['titles'] ?? '{}') as Titles;
    renderResults(this.slotFor('results'), await readResults(panel.progress), titles);
    await renderCopies(panel, titles);
    this.slotFor('storage').textContent = await describeStorage(available);
  }

  /** Reads nothing: reading would create the database again. */
  private showForgotten(): void {
    renderResults(this.slotFor('results'), { lessons: new Map(), labs: new Map() }, {});
    this.slotFor('copies-section').hidden = true;
    this.slotFor('storage').textContent = 'Nothing is stored.';
    this.disable();
    this.say('Everything is deleted. Reload this page, or open any other, to start afresh.');
    this.slotFor('status').focus();
  }

  private say(text: string): void {
    this.slotFor('status').textContent = text;
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const trouble = explainProgressError(error);
      if (!trouble) throw error;
      this.showTrouble(trouble);
    }
  }

  private showTrouble({ message, repair }: ProgressTrouble): void {
    const box = this.slotFor('trouble');
    box.textContent = `${message} ${repair}`;
    box.hidden = false;
  }

  private disable(): void {
    const controls = this.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button, input');
    for (const control of controls) control.disabled = true;
  }

  private slotFor(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-${name}]`)!;
  }
}

customElements.define('progress-panel', ProgressPanel);
