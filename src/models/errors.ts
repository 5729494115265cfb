import type { ModelError as LearnerModelError } from './learner/requests.ts';

/** What can go wrong with a model, as a code that does not change when the wording does. */
export type ModelErrorCode = LearnerModelError['code'];

/** The status that a pod should answer with: 4xx when the caller can mend it, 503 when an operator must. */
const STATUS: Record<ModelErrorCode, number> = {
  UnknownModel: 404,
  ModelMissing: 503,
  ModelCorrupt: 503,
  ModelUnsupported: 503,
  ModelClosed: 503,
  RuntimeUnavailable: 503,
  OutOfMemory: 503,
  InputInvalid: 400,
  InputEmpty: 400,
  InputTooLong: 413,
  BatchTooLarge: 413,
  QueueFull: 429,
  WrongTask: 400,
  DeviceLost: 503,
};

/** A problem with a model or with what it was asked, in words an operator can act on. */
export class ModelError extends Error implements LearnerModelError {
  readonly code: ModelErrorCode;
  /** Suggested HTTP status. */
  readonly status: number;

  constructor(code: ModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
    this.status = STATUS[code];
  }
}

/** No model of that name can exist or is installed. */
export function unknownModel(name: string, cause?: unknown): ModelError {
  return new ModelError(
    'UnknownModel',
    `There is no model "${name}": models/${name}/manifest.json cannot be read${because(cause)}. Check the name passed to load().`,
    { cause },
  );
}

/** The model has no such variant. */
export function unknownVariant(
  name: string,
  variant: string,
  known: readonly string[],
): ModelError {
  return new ModelError(
    'UnknownModel',
    `The model "${name}" has no variant "${variant}". There are: ${known.join(', ') || 'none'}. Leave the variant out for the full model.`,
  );
}

/** The manifest names a file that cannot be read. */
export function modelMissing(path: string, cause: unknown): ModelError {
  return new ModelError(
    'ModelMissing',
    `The file ${path} is named in the model's manifest and cannot be read${because(cause)}. Was the model copied completely?`,
    { cause },
  );
}

/** A file is there and is not what it should be. */
export function modelCorrupt(path: string, found: string, cause?: unknown): ModelError {
  return new ModelError(
    'ModelCorrupt',
    `The file ${path} is not the one that was published: ${found}. It was not loaded. Copy the model again.`,
    { cause },
  );
}

/** The file is the published one, and the engine has no way to run what is in it. */
export function modelUnsupported(path: string, reason: string, cause?: unknown): ModelError {
  return new ModelError(
    'ModelUnsupported',
    `The engine cannot run ${path}: ${reason}. The file is intact. Export the model with operators that this engine has, or update the engine.`,
    { cause },
  );
}

/** The engine asked for memory and got none. */
export function outOfMemory(cause: unknown): ModelError {
  return new ModelError(
    'OutOfMemory',
    `The engine ran out of memory${because(cause)}. Send smaller batches, or raise resources.limits.memory.`,
    { cause },
  );
}

/** The engine that runs models did not start. */
export function runtimeUnavailable(path: string, cause: unknown): ModelError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ModelError(
    'RuntimeUnavailable',
    `The WebAssembly engine in ${path} did not start (${reason}). Does this browser allow WebAssembly, and was the file copied completely?`,
    { cause },
  );
}

/** The accelerator went away under the model: a driver that restarted, a laptop that switched graphics, a tab too large. */
export function deviceLost(reason: string): ModelError {
  return new ModelError(
    'DeviceLost',
    `The accelerator was lost (${reason.replace(/\.$/, '')}). The container restarts and takes it again; send the request again.`,
  );
}

/** The model was used after dispose(). */
export function modelClosed(name: string): ModelError {
  return new ModelError(
    'ModelClosed',
    `The model "${name}" was disposed of and cannot work any more. Load it again.`,
  );
}

/** The input is not what it must be. */
export function inputInvalid(found: string, what = 'text', wanted = 'a string'): ModelError {
  return new ModelError(
    'InputInvalid',
    `The ${what} must be ${wanted}, found ${found}. Check the request's fields.`,
  );
}

/** The input has nothing in it. */
export function inputEmpty(what = 'text'): ModelError {
  return new ModelError(
    'InputEmpty',
    `The ${what} is empty or only blanks. Send at least one word.`,
  );
}

/** The prompt fills the context and leaves no room for an answer. */
export function inputTooLong(contextTokens: number): ModelError {
  return new ModelError(
    'InputTooLong',
    `The prompt needs ${contextTokens} tokens or more, and prompt and answer together have ${contextTokens}. Send a shorter prompt.`,
  );
}

/** The request alone needs more KV memory than there is: waiting would not help. */
export function generationTooLarge(blocks: number, kvBlocks: number): ModelError {
  return new ModelError(
    'InputTooLong',
    `Prompt and maxTokens need ${blocks} blocks of KV memory, and there are ${kvBlocks}. Ask for fewer tokens, or give loadGenerator() more kvBytes.`,
  );
}

/** One run over so many texts or windows would need more memory than a run may take. */
export function batchTooLarge(items: number, most: number, what = 'texts'): ModelError {
  return new ModelError(
    'BatchTooLarge',
    `${items} ${what} are more than the ${most} that fit into memory in one run. Send them in batches of at most ${most}.`,
  );
}

/** The request's body has more bytes than the server reads. */
export function bodyTooLong(mostBytes: number): ModelError {
  return new ModelError(
    'InputTooLong',
    `The request's body has more than ${mostBytes} bytes. Send a shorter one.`,
  );
}

/** More requests wait than the server keeps. */
export function queueFull(length: number): ModelError {
  return new ModelError(
    'QueueFull',
    `${length} requests are waiting already. Try again later, or add replicas.`,
  );
}

/** The model exists and does something else. */
export function wrongTask(name: string, task: string, wanted: string): ModelError {
  return new ModelError(
    'WrongTask',
    `The model "${name}" is made to ${VERBS[task] ?? task}, not to ${VERBS[wanted] ?? wanted}. Use ${LOADERS[task] ?? 'another function'} for it, or name another model.`,
  );
}

const VERBS: Readonly<Record<string, string>> = { anomaly: 'detect anomalies' };

const LOADERS: Readonly<Record<string, string>> = {
  classify: 'load()',
  embed: 'loadEmbedder()',
  anomaly: 'loadDetector()',
  generate: 'loadGenerator()',
};

function because(cause: unknown): string {
  return cause instanceof Error ? ` (${cause.message.replace(/\.$/, '')})` : '';
}
