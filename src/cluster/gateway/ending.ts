/** How the sending of a response ended. */
export type Ending = 'sent' | 'cancelled' | 'broken';

/**
 * The same response, which calls back once when its body has been read to the end, given up by its
 * reader or broken by its source. Without a body that is at once.
 */
export function watchEnding(response: Response, onEnd: (ending: Ending) => void): Response {
  if (response.body === null) {
    onEnd('sent');
    return response;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const read = await reader.read();
          if (!read.done) {
            controller.enqueue(read.value);
            return;
          }
          controller.close();
          onEnd('sent');
        } catch (error) {
          controller.error(error);
          onEnd('broken');
        }
      },
      cancel: async (reason) => {
        onEnd('cancelled');
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
