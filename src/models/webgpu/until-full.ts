/**
 * Resolves, with a reason, when the device had no room for a buffer. The browser tells nobody else: what is
 * computed with such a buffer is wrong without a word.
 */
export function untilFull(device: EventTarget): Promise<string> {
  return new Promise((resolve) => {
    device.addEventListener('uncapturederror', (event) => {
      const { error } = event as GPUUncapturedErrorEvent;
      if (error instanceof GPUOutOfMemoryError) resolve(`it is out of memory: ${error.message}`);
    });
  });
}
