import { mount, unmount } from 'svelte';
import type { OpenLabOptions, OpenedLab } from '../open-lab.ts';
import Layer from './layer.svelte';
import { openLiveServices } from './live-services.ts';
import type { WorkspaceServices } from './services.ts';
import './workspace.css';

/** Puts the workspace over the page and keeps everything below it out of reach until it closes. */
export function mountWorkspace(
  id: string,
  startedAt: number,
  options: OpenLabOptions,
  openServices: () => Promise<WorkspaceServices> = openLiveServices,
): OpenedLab {
  const focused = options.returnFocusTo ?? document.activeElement;
  const target = document.createElement('div');
  const restorePage = hidePage();
  document.body.append(target);
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= leave());
  const app = mount(Layer, {
    target,
    props: {
      id,
      openServices,
      brief: options.brief ?? null,
      onready: () => options.onReady?.(performance.now() - startedAt),
      onclose: () => void close(),
    },
  });

  async function leave(): Promise<void> {
    await app.shutdown();
    await unmount(app);
    target.remove();
    restorePage();
    if (focused instanceof HTMLElement) focused.focus();
    options.onClose?.();
  }
  return { close };
}

/** Makes the page inert and unscrollable; gives back how to undo it. */
function hidePage(): () => void {
  const blocked = [...document.body.children].filter(
    (element): element is HTMLElement => element instanceof HTMLElement && !element.inert,
  );
  const overflow = document.documentElement.style.overflow;
  const title = document.title;
  for (const element of blocked) element.inert = true;
  document.documentElement.style.overflow = 'hidden';
  return () => {
    for (const element of blocked) element.inert = false;
    document.documentElement.style.overflow = overflow;
    document.title = title;
  };
}
