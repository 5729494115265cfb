import { make } from '#ui/make.ts';

/** What `/api/session/` answers. */
interface SessionAnswer {
  /** Whether the server has accounts. */
  readonly accounts: boolean;
  readonly person: { readonly name: string } | null;
}

/**
 * `<account-menu>`: who is signed in. Most pages are static, so it asks the server; where that has no
 * accounts, or does not answer, it stays empty. It grows to the left of the other tools and moves nothing.
 */
class AccountMenu extends HTMLElement {
  connectedCallback(): void {
    void this.show();
  }

  private async show(): Promise<void> {
    const session = await askSession();
    if (!session?.accounts) return;
    this.replaceChildren(session.person ? menuOf(session.person.name) : signInLink());
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

function signInLink(): HTMLElement {
  const { pathname, search } = location;
  const isHere = pathname.startsWith('/sign-in/');
  const next = isHere ? '' : `?next=${encodeURIComponent(pathname + search)}`;
  return make('a', { href: `/sign-in/${next}`, className: 'account-link' }, 'Sign in');
}

function menuOf(name: string): HTMLElement {
  const initial = make(
    'span',
    { className: 'account-initial', ariaHidden: 'true' },
    initialOf(name),
  );
  const label = make('span', { className: 'account-name' }, name);
  const before = make('span', { className: 'visually-hidden' }, 'Signed in as ');
  const summary = make(
    'summary',
    { className: 'account-link', title: name },
    initial,
    before,
    label,
  );
  const signOut = make(
    'form',
    { method: 'post', action: '/account/' },
    make('input', { type: 'hidden', name: 'form', value: 'sign-out' }),
    make('button', { type: 'submit' }, 'Sign out'),
  );
  const list = make(
    'ul',
    {},
    make('li', {}, make('a', { href: '/account/' }, 'Your account')),
    make('li', {}, make('a', { href: '/organisation/' }, 'Organisation')),
    make('li', {}, signOut),
  );
  const details = make('details', {}, summary, list);
  closeWhenLeft(details, summary);
  return details;
}

function closeWhenLeft(details: HTMLDetailsElement, summary: HTMLElement): void {
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    summary.focus();
  });
  details.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !details.contains(relatedTarget)) details.open = false;
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !details.contains(target)) details.open = false;
  });
}

function initialOf(name: string): string {
  const [first = ''] = new Intl.Segmenter('en').segment(name.trim());
  return typeof first === 'string' ? first : first.segment.toUpperCase();
}

customElements.define('account-menu', AccountMenu);
