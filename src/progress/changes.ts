/** What changed, as a hint to read again; it carries no content. */
export type ProgressChange =
  | { readonly what: 'events' }
  | { readonly what: 'lab-file'; readonly lab: string; readonly path: string }
  | { readonly what: 'lab-copies'; readonly lab: string }
  /** An attempt is to be sent, or was. */
  | { readonly what: 'attempts' }
  /** A try at a check that counts is to be sent, or the server said something of it. */
  | { readonly what: 'tries' }
  | { readonly what: 'imported' }
  /** Somebody signed in or out. */
  | { readonly what: 'account' }
  | { readonly what: 'forgotten' };

export type ChangeListener = (change: ProgressChange, from: 'this-tab' | 'another-tab') => void;

const listeners = new Set<ChangeListener>();
let channel: BroadcastChannel | undefined;

/** Calls back after every committed change, of this tab or another; returns the way to stop. */
export function watchProgress(listener: ChangeListener): () => void {
  openChannel();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells this tab and all others. Call it only after the transaction completed. */
export function announce(change: ProgressChange): void {
  tellThisTab(change);
  openChannel().postMessage(change);
}

/** Tells this tab alone, of what all others learn by themselves. */
export function tellThisTab(change: ProgressChange): void {
  tell(change, 'this-tab');
}

function openChannel(): BroadcastChannel {
  if (!channel) {
    channel = new BroadcastChannel('day-two-progress');
    channel.onmessage = (message: MessageEvent<ProgressChange>) =>
      tell(message.data, 'another-tab');
  }
  return channel;
}

function tell(...[change, from]: Parameters<ChangeListener>): void {
  for (const listener of listeners) listener(change, from);
}
