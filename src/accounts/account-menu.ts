// oxlint-disable-next-line import/default -- the query makes the import a URL.
import keepProgressUrl from './keep-progress.ts?entry-url';

type KeepProgress = typeof import('./keep-progress.ts');

/** What `/api/session/` answers. */
interface SessionAnswer {
  /** Whether the server has accounts. */
  readonly accounts: boolean;
  readonly person: { readonly id: string; readonly name: string } | null;
}

/**
 * `<account-menu>`: shows the link to sign in, or the menu of whoever is signed in. Where the server has
 * no accounts, or does not answer, it shows neither. It grows to the left and moves nothing beside it.
 */
class AccountMenu extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const session = await askSession();
    if (session?.person) return this.#keep(session.person.id, session.person.name);
    if (session?.accounts) showLink(this.querySelector('a')!);
    // Whoever never signed in here loads none of it.
    if (localStorage.getItem('day-two-account')) await this.#keep(session ? null : undefined);
  }

  /** `account` is undefined where the server does not say who is signed in. */
  async #keep(account: string | null | undefined, name?: string): Promise<void> {
    const { keepProgress, showMenu } = (await import(
      /* @vite-ignore */ keepProgressUrl
    )) as KeepProgress;
    if (name !== undefined) showMenu(this.querySelector('details')!, name);
    await keepProgress(account, this);
  }
}

async function askSession(): Promise<SessionAnswer | null> {
  try {
    const response = await fetch('/api/session/');
    return response.ok ? ((await response.json()) as SessionAnswer) : null;
  } catch {
    // Offline: every static page works without knowing who reads it.
    return null;
  }
}

function showLink(link: HTMLAnchorElement): void {
  const { pathname, search } = location;
  if (!pathname.startsWith(link.pathname))
    link.search = `next=${encodeURIComponent(pathname + search)}`;
  link.hidden = false;
}

customElements.define('account-menu', AccountMenu);
