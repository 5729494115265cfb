import { sandboxPath } from './policy.ts';
import { SandboxUnavailable } from './sandbox-unavailable.ts';

/** The sandbox document, loaded and answering, not yet tried out. */
export interface Frame {
  connect(): MessagePort;
  remove(): void;
}

const LOAD_LIMIT_MS = 10_000;

/** Adds the frame to the page and waits for its broker. */
export async function openFrame(signal: AbortSignal): Promise<Frame> {
  signal.throwIfAborted();
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.src = sandboxPath;
  element.title = 'Isolated frame in which lab code runs';
  element.tabIndex = -1;
  element.setAttribute('aria-hidden', 'true');
  // Not display:none: engines throttle or skip what is not rendered.
  element.style.cssText =
    'position:fixed;width:1px;height:1px;border:0;opacity:0;pointer-events:none';
  const frame: Frame = {
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      // The frame's origin is opaque, so no target origin can name it; the page's frame-src names its URL.
      element.contentWindow?.postMessage({ type: 'connect' }, '*', [port2]);
      return port1;
    },
    remove: () => {
      element.remove();
    },
  };
  try {
    await loaded(element, signal);
    refuseReadable(element);
    await answering(frame, signal);
    return frame;
  } catch (error) {
    frame.remove();
    throw error;
  }
}

function loaded(element: HTMLIFrameElement, signal: AbortSignal): Promise<void> {
  return within(signal, `The sandbox document ${sandboxPath} did not load.`, (resolve) => {
    element.addEventListener('load', () => {
      resolve();
    });
    document.body.append(element);
  });
}

function answering(frame: Frame, signal: AbortSignal): Promise<void> {
  const reason = `The sandbox document ${sandboxPath} loaded, but its script did not run.`;
  return within(signal, reason, (resolve) => {
    const port = frame.connect();
    port.onmessage = () => {
      port.close();
      resolve();
    };
  });
}

function refuseReadable(element: HTMLIFrameElement): void {
  if (element.contentDocument === null) return;
  throw new SandboxUnavailable(
    'This browser gives the sandbox the same origin as the page, so it would not isolate anything.',
  );
}

function within(
  signal: AbortSignal,
  reason: string,
  start: (resolve: () => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new SandboxUnavailable(reason));
    }, LOAD_LIMIT_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(limit);
      reject(signal.reason);
    });
    start(() => {
      clearTimeout(limit);
      resolve();
    });
  });
}
