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
    const link = this.querySelector('a');
    if (session?.accounts && !session.person && link) showLink(link);
    // Whoever never signed in here loads none of it.
    if (!session?.person && !localStorage.getItem('day-two-account')) return;
    const { keepProgress, showMenu } = (await import(
      /* @vite-ignore */ keepProgressUrl
    )) as KeepProgress;
    if (session?.person) showMenu(this.querySelector('details')!, session.person.name);
    await keepProgress(session ? (session.person?.id ?? null) : undefined, this);
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
