import { hasWholeBody } from '#pods/known-body.ts';

/** How the sending of a response ended. */
export type Ending = 'sent' | 'cancelled' | 'broken';

/**
 * Two chunks are read ahead: a short answer is complete, and its request over, even when the client
 * never reads it, as it would be with a socket's buffer.
 */
const READ_AHEAD_CHUNKS = 2;

/**
 * The same response, which calls back once when its body has been read to the end, given up by its
 * reader or by `signal`, or broken by its source. With the whole body there already, that is at once.
 */
export function watchEnding(
  response: Response,
  signal: AbortSignal,
  onEnd: (ending: Ending) => void,
): Response {
  if (hasWholeBody(response) || response.body === null) {
    onEnd('sent');
    return response;
  }
  const body = watchBody(response.body, signal, onEnd);
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

function watchBody(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
  onEnd: (ending: Ending) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  let giveUp = (): void => {};
  const end = (ending: Ending): void => {
    signal.removeEventListener('abort', giveUp);
    onEnd(ending);
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start: (controller) => {
        giveUp = (): void => {
          controller.error(signal.reason);
          end('cancelled');
          // The source may have failed by itself; its reader is gone either way.
          reader.cancel(signal.reason).catch(() => undefined);
        };
        signal.addEventListener('abort', giveUp);
      },
      pull: async (controller) => {
        try {
          const read = await reader.read();
          if (signal.aborted) return;
          if (!read.done) {
            controller.enqueue(read.value);
            return;
          }
          controller.close();
          end('sent');
        } catch (error) {
          if (signal.aborted) return;
          controller.error(error);
          end('broken');
        }
      },
      cancel: async (reason) => {
        end('cancelled');
        await reader.cancel(reason);
      },
    },
    { highWaterMark: READ_AHEAD_CHUNKS },
  );
}
