import type { Generator } from 'model';

/** A request that was let in. */
export interface Place {
  readonly prompt: string;
  leave(): void;
}

/** Who may use the memory for keys and values. */
export interface Room {
  /** null when the request is refused. */
  enter(prompt: string, maxTokens: number): Place | null;
}

/** Memory comes in blocks of so many tokens. */
const BLOCK = 16;
/** What is left of a prompt that is shortened. */
const SHORT = 24;

/**
 * What becomes of a request for which there is no room now. wait: the model takes it as soon as
 * others have ended. refuse: its caller is told at once. shorten: its oldest words are dropped.
 */
export function createRoom(
  model: Generator,
  whenFull: 'wait' | 'refuse' | 'shorten',
  most: number,
): Room {
  let taken = 0;
  return {
    enter(prompt, maxTokens) {
      const wanted = reserved(model, prompt, maxTokens);
      const isFull = taken + wanted > most;
      if (isFull && whenFull === 'refuse') return null;
      const kept = isFull && whenFull === 'shorten' ? lastWords(model, prompt) : prompt;
      const takes = reserved(model, kept, maxTokens);
      taken += takes;
      return { prompt: kept, leave: () => void (taken -= takes) };
    },
  };
}

/** What a request may grow to, in whole blocks: nobody knows beforehand where an answer ends. */
function reserved(model: Generator, prompt: string, maxTokens: number): number {
  const tokens = Math.min(model.countTokens(prompt) + maxTokens, model.contextTokens);
  return BLOCK * Math.ceil(tokens / BLOCK);
}

function lastWords(model: Generator, prompt: string): string {
  let words = prompt.split(' ');
  while (words.length > 1 && model.countTokens(words.join(' ')) > SHORT) words = words.slice(1);
  return words.join(' ');
}
