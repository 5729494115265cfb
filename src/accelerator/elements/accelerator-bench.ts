import type { ModelPoint } from '../model-points.ts';
import type { Report } from '../report.ts';

/** `<accelerator-bench>`: measures when asked, shows the report, exports it. Nothing runs before. */
class AcceleratorBench extends HTMLElement {
  private running: AbortController | null = null;
  private report: Report | null = null;

  connectedCallback(): void {
    this.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const action = button?.dataset['action'];
      if (action === 'measure') void this.measure('webgpu');
      else if (action === 'processor') void this.measure('cpu');
      else if (action === 'cancel') this.running?.abort();
      else if (action === 'export') this.export();
      else if (action === 'print') print();
    });
    this.setBusy(false);
  }

  private async measure(backend: Report['backend']): Promise<void> {
    const running = (this.running = new AbortController());
    this.find('error').hidden = true;
    this.setBusy(true);
    try {
      const [{ startMeasuring }, { showReport }] = await Promise.all([
        import('../start-measuring.ts'),
        import('./show-report.ts'),
      ]);
      const note = (step: string, share: number): void => this.note(step, share);
      const report = await startMeasuring(backend, note, running.signal);
      if (report === null) return this.offerProcessor();
      this.report = report;
      const points = JSON.parse(this.dataset['points'] ?? '[]') as ModelPoint[];
      this.find('result').replaceChildren(...showReport(report, points));
      this.find('status').textContent = `Measured at ${new Date().toLocaleTimeString('en-GB')}.`;
    } catch (error) {
      this.find('status').textContent = running.signal.aborted ? 'Cancelled.' : '';
      if (!running.signal.aborted) this.fail(error);
    } finally {
      this.running = null;
      this.setBusy(false);
    }
  }

  private note(step: string, share: number): void {
    this.find('status').textContent = `${step} ...`;
    this.find<HTMLProgressElement>('progress').value = share;
  }

  private offerProcessor(): void {
    this.find('status').textContent = '';
    this.fail(
      new Error(
        'This browser gives no WebGPU adapter: it has none, or the graphics driver is on its list of those that it does not trust. Measure the processor instead; labs run their models in WebAssembly here.',
      ),
    );
    this.querySelector<HTMLElement>('[data-action="processor"]')?.focus();
  }

  private fail(error: unknown): void {
    const place = this.find('error');
    place.textContent = error instanceof Error ? error.message : String(error);
    place.hidden = false;
  }

  private export(): void {
    if (!this.report) return;
    const text = JSON.stringify(this.report, null, 2);
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `roofline-${this.report.backend}-${this.report.takenAt.slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  private setBusy(isBusy: boolean): void {
    this.find('progress').hidden = !isBusy;
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[data-action]')) {
      const action = button.dataset['action'];
      if (action === 'cancel') button.disabled = !isBusy;
      else if (action === 'export' || action === 'print') {
        button.disabled = isBusy;
        button.hidden = this.report === null;
      } else button.disabled = isBusy;
    }
  }

  private find<E extends HTMLElement = HTMLElement>(part: string): E {
    return this.querySelector<E>(`[data-${part}]`)!;
  }
}

customElements.define('accelerator-bench', AcceleratorBench);
