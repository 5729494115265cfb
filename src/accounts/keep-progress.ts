import { keepAccount } from '#progress/keep-account.ts';
import { openProgressView } from './progress-view.ts';

/** Keeps the account's progress and tells of it in the menu; `account` is as `keepAccount` takes it. */
export function keepProgress(account: string | null | undefined, menu: HTMLElement): Promise<void> {
  return keepAccount(account, openProgressView(menu));
}
