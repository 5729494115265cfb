import { Tokenizer } from '@huggingface/tokenizers';

/** The ids that no text produces: padding after the text, and a second one whose meaning depends on the model. */
export const PAD_ID = 0;
/** In a classifier, the mark that hides a token in training. */
export const HIDDEN_ID = 1;
/** In a language model, the end of a document. */
export const END_ID = 1;

/** Turns text into token ids; the trainer and the browser run this same code, so the ids cannot differ. */
export interface TextEncoder {
  /** Ids of at most `limit` tokens, and whether the text had more. */
  encode(text: string, limit: number): { ids: number[]; truncated: boolean };
}

/** Reads the content of a Hugging Face `tokenizer.json`; throws when it is not one. */
export function openTokenizer(json: object): TextEncoder {
  const tokenizer = new Tokenizer(json, {});
  return {
    encode(text, limit) {
      // A tokeniser reads all of a text before it is cut, so a very long one is cut by characters first.
      const head = text.slice(0, limit * LONGEST_TOKEN);
      const { ids } = tokenizer.encode(head);
      return {
        ids: ids.slice(0, limit),
        truncated: ids.length > limit || head.length < text.length,
      };
    },
  };
}

// No normal text needs more characters per token than this, whitespace and long numbers included.
const LONGEST_TOKEN = 64;
