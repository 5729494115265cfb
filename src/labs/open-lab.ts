export interface OpenLabOptions {
  /** The rendered brief; it is cloned into the workspace, the original stays in the page. */
  readonly brief?: HTMLElement | null;
  /** Gets the focus when the workspace closes; else what had it at the call. */
  readonly returnFocusTo?: HTMLElement;
  /** Called after the workspace has closed and focus is back where it was. */
  onClose?(): void;
  /** Called once the editor can be typed into, with the milliseconds since the call. */
  onReady?(milliseconds: number): void;
}

export interface OpenedLab {
  /** Closes the workspace and everything that runs in it; the files are kept. */
  close(): Promise<void>;
}

/** The editor is by far the largest part, so it is fetched beside the workspace, not after it. */
const loadWorkspace = () => {
  // Whoever shows the editor reports a failure to load it.
  import('./workspace/editor/code-editor.svelte').catch(() => {});
  return import('./workspace/mount.ts');
};

/** Starts fetching the workspace, for a hover or a focus on the Start button. */
export function preloadLab(): void {
  // A failure is reported when the lab is really opened.
  loadWorkspace().catch(() => {});
}

/** Opens the lab over the page, in place. Rejects when the workspace's own files cannot be fetched. */
export async function openLab(id: string, options: OpenLabOptions = {}): Promise<OpenedLab> {
  const startedAt = performance.now();
  const workspace = await loadWorkspace();
  return workspace.mountWorkspace(id, startedAt, options);
}
