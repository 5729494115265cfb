import type { AccountView } from '#progress/keep-account.ts';

type SyncState = Parameters<AccountView['tell']>[0];
type Waiting = Extract<SyncState, { state: 'waiting' }>['why'];

const waitingText: Readonly<Record<Waiting, string>> = {
  unreachable: 'The server is not reached. Progress waits in this browser and is sent later.',
  unavailable:
    'The database of the server is down. Progress waits in this browser and is sent later.',
  'signed-out': 'Your session has ended. Sign in again to send what waits in this browser.',
  'another-account': 'Somebody else signed in at this browser. Load the page again.',
  refused: 'The server is of another version. Load the page again; progress waits in this browser.',
  'too-large':
    'All is sent but an entry of more than 8 MiB, which stays in this browser. Export it on the progress page.',
  'not-kept':
    'This browser failed to read or keep progress. The progress page says why; it is tried again.',
  failed: 'The server failed to take progress. It waits in this browser and is sent later.',
};

/** The parts of the account menu that tell of progress. */
export interface ProgressView extends AccountView {
  /** How many answers to checks that count wait in this browser. */
  readonly tellTries: (waiting: number) => void;
}

/** Finds those parts. */
export function openProgressView(menu: HTMLElement): ProgressView {
  const line = menu.querySelector<HTMLElement>('.sync');
  const notice = menu.querySelector<HTMLElement>('.unsynced');
  let synced = '';
  let unsynced = '';
  let tries = '';
  const show = (): void => {
    line?.replaceChildren([synced, tries].filter(Boolean).join(' '));
    const why = [unsynced, tries].filter(Boolean).join(' ');
    if (!notice || notice.title === why) return;
    notice.replaceChildren(why && 'Not synced');
    notice.title = why;
    notice.hidden = !why;
  };
  return {
    tell: (state) => {
      synced = describe(state);
      if (state.state !== 'syncing') unsynced = state.state === 'waiting' ? synced : '';
      show();
    },
    tellTries: (waiting) => {
      tries = describeTries(waiting);
      show();
    },
    askToClaim: (entries) => askToClaim(menu.querySelector<HTMLElement>('.claim'), entries),
  };
}

function describe(state: SyncState): string {
  if (state.state === 'waiting') return waitingText[state.why];
  if (state.state === 'syncing') return 'Synchronising progress.';
  const time = state.at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return `Progress synced at ${time}.`;
}

function describeTries(waiting: number): string {
  if (waiting === 0) return '';
  return waiting === 1
    ? 'An answer to a check that counts waits to be graded.'
    : `${waiting} answers to checks that count wait to be graded.`;
}

/** Shows the question until one of the two buttons is pressed; the page can be used meanwhile. */
function askToClaim(question: HTMLElement | null, entries: number): Promise<boolean> {
  const count = question?.querySelector('.count');
  if (!question || !count) return Promise.resolve(false);
  count.replaceChildren(entries === 1 ? 'one entry' : `${entries} entries`);
  question.hidden = false;
  return new Promise((resolve) => {
    question.addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLButtonElement)) return;
      question.hidden = true;
      resolve(target.value === 'add');
    });
  });
}
