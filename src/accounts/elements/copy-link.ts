/** `<copy-link>`: a button that copies the link in the field beside it. Without JavaScript the field is enough. */
class CopyLink extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector('input');
    const button = this.querySelector('button');
    if (!field || !button) return;
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener('click', () => {
      void copy(field).then((isCopied) => {
        button.textContent = isCopied ? 'Copied' : 'Press Ctrl+C';
        setTimeout(() => (button.textContent = label), 2500);
      });
    });
  }
}

/** Selects the text where the clipboard is closed, as on a page without HTTPS. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return false;
  }
}

customElements.define('copy-link', CopyLink);
