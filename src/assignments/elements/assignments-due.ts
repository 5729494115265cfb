import { make } from '#ui/make.ts';
import type { MyDue } from '../my-due.ts';

/** How many are named; the rest is behind the link. */
const mostShown = 3;

/**
 * `<assignments-due>`: what is due for whoever is signed in and where to go on. It stays empty where
 * nothing is due, nobody is signed in, or the server cannot be asked.
 */
class AssignmentsDue extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const due = await askDue();
    if (!due || due.assignments.length === 0) return;
    const more = due.assignments.length - mostShown;
    this.replaceChildren(
      make('h2', { id: 'due-first', textContent: 'Due for you' }),
      make('ol', {}, ...due.assignments.slice(0, mostShown).map(toItem)),
      make(
        'p',
        {},
        make('a', {
          href: '/assignments/',
          textContent: more > 0 ? `All assignments, ${more} more` : 'All assignments',
        }),
      ),
    );
    this.setAttribute('role', 'region');
    this.setAttribute('aria-labelledby', 'due-first');
    this.hidden = false;
  }
}

async function askDue(): Promise<MyDue | null> {
  try {
    const response = await fetch('/api/assignments/mine/');
    return response.ok ? ((await response.json()) as MyDue) : null;
  } catch {
    // Offline: the page is as useful without.
    return null;
  }
}

function toItem({ title, address, isOverdue, standing, due, next }: MyDue['assignments'][number]) {
  const state = make('strong', { className: isOverdue ? 'late' : '', textContent: standing });
  const words = make(
    'div',
    {},
    make('a', { href: address, textContent: title }),
    make('p', {}, state, `. ${due}`),
  );
  const go = next && make('a', { className: 'button', href: next.address }, `Go on: ${next.title}`);
  return make('li', {}, words, ...(go ? [go] : []));
}

customElements.define('assignments-due', AssignmentsDue);
