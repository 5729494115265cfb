import { openBackend } from './compute/backend.ts';
import { trainOnTexts, type TextTraining } from './train-on-texts.ts';

/** What the worker answers. */
export type TextNews =
  | { readonly ok: true; readonly answers: readonly number[] }
  | { readonly ok: false; readonly message: string };

onmessage = async ({ data }: MessageEvent<TextTraining>) => {
  const news: TextNews = await openBackend('wasm')
    .then(() => trainOnTexts(data))
    .then(
      (answers) => ({ ok: true, answers }),
      (error: unknown) => ({
        ok: false,
        message: error instanceof Error ? error.message : String(error),
      }),
    );
  postMessage(news);
};
