// oxlint-disable-next-line import/default -- the query makes the import a URL.
import openLabUrl from '#labs/open-lab.ts?entry-url';

type OpenLab = typeof import('#labs/open-lab.ts');

const loadLabs = () => import(/* @vite-ignore */ openLabUrl) as Promise<OpenLab>;

/** `<lab-launch>`: fetches the workspace only when the reader starts the lab, and says so when it cannot. */
class LabLaunch extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('[data-start]');
    const status = this.querySelector<HTMLElement>('[data-status]');
    if (!button || !status) return;
    button.hidden = false;
    button.addEventListener('click', () => void this.start(button, status));
    button.addEventListener('pointerenter', () => void this.preload(), { once: true });
    if (location.hash === '#start') void this.start(button, status);
  }

  private async preload(): Promise<void> {
    // A failed preload is reported when the reader really starts the lab.
    await loadLabs()
      .then((labs) => labs.preloadLab())
      .catch(() => undefined);
  }

  private async start(button: HTMLButtonElement, status: HTMLElement): Promise<void> {
    button.disabled = true;
    this.dataset['state'] = 'opening';
    status.textContent = 'Loading the editor and the cluster ...';
    try {
      const { openLab } = await loadLabs();
      await openLab(this.dataset['lab'] ?? '', {
        brief: this.querySelector<HTMLElement>('[data-brief]'),
        returnFocusTo: button,
      });
      delete this.dataset['state'];
      status.textContent = '';
    } catch (error) {
      this.dataset['state'] = 'failed';
      status.textContent = `The lab could not be opened: ${explain(error)} Reload the page and start it again; your files are kept.`;
    } finally {
      button.disabled = false;
    }
  }
}

/** Each engine has its own words for a script that did not arrive, and none says what to look at. */
function explain(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return /dynamically imported module|importing a module script failed/i.test(reason)
    ? 'a part of it did not arrive. Is the server of this site still reachable?'
    : `${reason.replace(/\.$/, '')}.`;
}

customElements.define('lab-launch', LabLaunch);
