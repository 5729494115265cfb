import {
  addPasskey,
  explainPasskeyError,
  findPasskeyFault,
  signInWithPasskey,
} from './passkeys.ts';

/**
 * `<passkey-button data-next="/path/">` signs in and goes on to the path; with `data-add` it adds a
 * passkey under the name in its field. Hidden without JavaScript, which passkeys need.
 */
class PasskeyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const status = this.querySelector<HTMLElement>('[role="status"]');
    if (!button || !status) return;
    this.hidden = false;
    const fault = findPasskeyFault();
    if (fault) {
      button.disabled = true;
      status.textContent = fault;
      return;
    }
    button.addEventListener('click', () => void this.use(button, status));
  }

  private async use(button: HTMLButtonElement, status: HTMLElement): Promise<void> {
    button.disabled = true;
    status.textContent = 'Waiting for your device ...';
    try {
      await (this.dataset['add'] === undefined
        ? signInWithPasskey()
        : addPasskey(this.nameTyped()));
      location.assign(this.dataset['next'] ?? '/account/');
    } catch (error) {
      status.textContent = explainPasskeyError(error);
      button.disabled = false;
      button.focus();
    }
  }

  private nameTyped(): string {
    return this.querySelector('input')?.value.trim() ?? '';
  }
}

customElements.define('passkey-button', PasskeyButton);
