import { make } from '#ui/make.ts';
import type { GradedTry } from '#answers/answer.ts';
import type { Said } from '#answers/post-try.ts';

type Words = (Node | string)[];
/** What a press of the button came to, other than a grade or a pause. */
export type NotGraded = Exclude<Said, { kind: 'graded' | 'pause' }>;

/** Of a try that is held until there is a server. */
export const waitingForServer =
  'Waiting for the server: it is graded when you are online. It counts from when you answered.';
/** Of a held try that came within a pause. */
export const waitingForPause =
  'Waiting for the pause after the last try: it is graded by itself when that is over.';

/** Of a held try that this tab can tell no more of. */
export const shownElsewhere = 'This check was answered in another tab. Load the page again.';

/** Whether it was right, and at which try. */
export function tellGrade({ correct, tries }: GradedTry): string[] {
  if (correct) return [tries === null ? 'Right. ' : `Right, at try ${tries}. It is recorded. `];
  return [tries === null ? 'Not right. ' : `Not right. That was try ${tries}. `];
}

/** When the next try may come. */
export function showPause(seconds: number): string {
  if (seconds < 120) return `The next try is in ${seconds} seconds.`;
  return `The next try is in ${Math.ceil(seconds / 60)} minutes.`;
}

/** Why a try was not graded, and what to do; `account` is whose it is. */
export function tellNotGraded({ why }: NotGraded, check: string, account: string | null): Words {
  const kept = ` Your answer is kept in this ${account === null ? 'tab' : 'browser'}.`;
  if (why === 'signed-out' && account === null)
    return ['Not graded: it counts for somebody. ', linkToSignIn(check), ` first.${kept}`];
  const [found, repair = ''] = reasons[why];
  return [`Not graded: ${found}${kept} ${repair}`];
}

/** Of a held try that another person, or nobody, is signed in for. */
export function tellNotYou(why: 'signed-out' | 'another-account', check: string): Words {
  if (why === 'another-account') return [`Not graded: ${reasons[why][0]} It waits for you.`];
  return [
    'Not graded: your session has ended. ',
    linkToSignIn(check),
    ' and it is graded by itself.',
  ];
}

const noServer =
  'this copy of the site has no server that grades. It takes one that was started with Day Two.';
const reasons: Readonly<Record<NotGraded['why'], readonly [found: string, repair?: string]>> = {
  unreached: ['the server is not reached.', 'Press again when you are online.'],
  down: ['the database of the server is down.', 'Press again in a moment.'],
  failed: ['the server failed.', 'Press again in a moment.'],
  'other-version': ['this page is of another version than the server. Load it again.'],
  changed: ['this check was changed. Load the page again.'],
  'no-server': [noServer],
  'signed-out': ['your session has ended. Sign in again.'],
  'another-account': ['somebody else signed in at this browser. Load the page again.'],
};

function linkToSignIn(check: string): HTMLElement {
  const next = `${location.pathname}#check-${check}`;
  return make('a', { href: `/sign-in/?next=${encodeURIComponent(next)}` }, 'Sign in');
}
