/** Key of the global through which a compiled image finds the shared instances of these modules. */
export const REGISTRY = 'day-two.modules';

/** What a lab's module may import besides its own files, with each module's exported names. */
export const importable: Readonly<Record<string, readonly string[]>> = {
  hono: ['Context', 'Hono'],
  'hono/streaming': ['SSEStreamingApi', 'stream', 'streamSSE', 'streamText'],
  model: ['load', 'loadDetector', 'loadEmbedder', 'loadGenerator', 'readJson', 'toErrorResponse'],
};
