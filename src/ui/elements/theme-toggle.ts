/** `<theme-toggle>`: switches between light and dark and remembers a choice that differs from the system's. */
class ThemeToggle extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    if (!button) return;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const label = () => {
      const next = currentTheme(system) === 'dark' ? 'light' : 'dark';
      button.setAttribute('aria-label', `Use the ${next} theme`);
      button.title = `Use the ${next} theme`;
      this.dataset['next'] = next;
    };
    button.addEventListener('click', () => {
      setTheme(currentTheme(system) === 'dark' ? 'light' : 'dark', system);
      label();
    });
    system.addEventListener('change', label);
    button.hidden = false;
    label();
  }
}

function currentTheme(system: MediaQueryList): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light';
}

function setTheme(theme: 'light' | 'dark', system: MediaQueryList): void {
  const isSystem = (theme === 'dark') === system.matches;
  const root = document.documentElement;
  if (isSystem) delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  document.dispatchEvent(new CustomEvent('day-two:theme', { detail: theme }));
  try {
    if (isSystem) localStorage.removeItem('day-two:theme');
    else localStorage.setItem('day-two:theme', theme);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

customElements.define('theme-toggle', ThemeToggle);
