import { sendTries } from '#answers/send-tries.ts';
import { watchProgress } from '#progress/changes.ts';
import { keepAccount } from '#progress/keep-account.ts';
import { shownAccount } from '#progress/shown-account.ts';
import { readWaitingTries } from '#progress/tries.ts';
import { sendAttempts } from '#submissions/send-attempts.ts';
import { openProgressView } from './progress-view.ts';

/** Keeps the account's progress, sends what is to be verified or graded, and tells of it in the menu; `account` is as `keepAccount` takes it. */
export async function keepProgress(
  account: string | null | undefined,
  menu: HTMLElement,
): Promise<void> {
  const view = openProgressView(menu);
  await keepAccount(account, view);
  sendAttempts(new AbortController().signal);
  sendTries(new AbortController().signal);
  const count = async (): Promise<void> =>
    view.tellTries(shownAccount() === null ? 0 : (await readWaitingTries()).length);
  watchProgress(({ what }) => {
    if (what === 'tries' || what === 'account') void count();
  });
  await count();
}

/** Shows the menu of whoever is signed in, and closes it as menus do. */
export function showMenu(menu: HTMLDetailsElement, name: string): void {
  const opener = menu.querySelector('summary');
  const fill = (part: string, text: string) => menu.querySelector(part)?.replaceChildren(text);
  fill('.initial', (Array.from(name)[0] ?? '').toUpperCase());
  fill('.name', name);
  if (opener) opener.title = name;
  menu.hidden = false;
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    opener?.focus();
  });
  const closeOutside = (place: EventTarget | null) => {
    if (place instanceof Node && !menu.contains(place)) menu.open = false;
  };
  menu.addEventListener('focusout', ({ relatedTarget }) => closeOutside(relatedTarget));
  document.addEventListener('pointerdown', ({ target }) => closeOutside(target));
}
