import type { LoadProgress } from '#models/learner-types.ts';
import { formatBytes } from '../figures.ts';
import type { ModelChoice } from '../inference/messages.ts';
import { callback, startInference, type Inference } from '../inference/start-inference.ts';
import { askClassifier } from './ask-classifier.ts';
import { askDetector } from './ask-detector.ts';
import { askEmbedder } from './ask-embedder.ts';
import { askGenerator } from './ask-generator.ts';
import { readField } from './read-field.ts';

/** A form on a page that asks a model. */
export interface Attempt {
  /** Loads the chosen model where it is not open yet, asks it and shows what it said. Never rejects. */
  run(): Promise<void>;
  stop(): void;
}

/** Asks the open model what the form says, fills `output` and gives a sentence for the status line. */
export type Ask = (
  form: HTMLFormElement,
  output: HTMLElement,
  inference: Inference,
) => Promise<string>;

/** Shorter waits need no words. */
const SHOW_AFTER_MS = 300;

const ASKS: Readonly<Record<ModelChoice['task'], Ask>> = {
  classify: askClassifier,
  generate: askGenerator,
  embed: askEmbedder,
  anomaly: askDetector,
};

/** Brings a `<model-try>` to life; its worker starts at once. */
export function openAttempt(root: HTMLElement): Attempt {
  const view = findParts(root);
  const task = root.dataset['task'] as ModelChoice['task'];
  let inference = startInference();
  let openVariant: string | undefined;

  const load = async (): Promise<void> => {
    const variant = readField(view.form, 'variant');
    if (openVariant === variant) return;
    openVariant = undefined;
    const choice: ModelChoice = {
      name: root.dataset['model'] ?? '',
      task,
      variant: variant === '' ? null : variant,
    };
    const progress = showProgress(view);
    try {
      const opening = inference.api.open(choice, callback(progress.note));
      await Promise.race([opening, inference.failed]);
      openVariant = variant;
    } finally {
      progress.end();
    }
  };

  return {
    async run() {
      setBusy(view, true);
      try {
        await load();
        view.status.textContent = '';
        view.status.textContent = await ASKS[task](view.form, view.output, inference);
      } catch (error) {
        view.status.textContent = '';
        view.error.textContent = error instanceof Error ? error.message : String(error);
        view.error.hidden = false;
        // A worker that did not start does not start later either.
        if (!(error instanceof Error) || error.message.startsWith('The worker'))
          inference = startInference();
      } finally {
        setBusy(view, false);
      }
    },
    stop: () => void inference.api.stop(),
  };
}

interface Parts {
  readonly form: HTMLFormElement;
  readonly output: HTMLElement;
  readonly status: HTMLElement;
  readonly error: HTMLElement;
  readonly bar: HTMLProgressElement;
}

function findParts(root: HTMLElement): Parts {
  return {
    form: root.querySelector('form')!,
    output: root.querySelector('[data-output]')!,
    status: root.querySelector('[data-status]')!,
    error: root.querySelector('[data-error]')!,
    bar: root.querySelector('progress')!,
  };
}

function setBusy({ form, error, output }: Parts, isBusy: boolean): void {
  if (isBusy) error.hidden = true;
  output.ariaBusy = String(isBusy);
  for (const button of form.querySelectorAll('button'))
    button.disabled = 'stop' in button.dataset ? !isBusy : isBusy;
}

/** A bar and a line that appear only when loading takes longer than a blink. */
function showProgress({ bar, status }: Parts): {
  note: (progress: LoadProgress) => void;
  end: () => void;
} {
  let latest = 'Starting the worker';
  let isShown = false;
  const show = (): void => {
    isShown = true;
    bar.hidden = false;
    status.textContent = latest;
  };
  const timer = setTimeout(show, SHOW_AFTER_MS);
  return {
    note(progress) {
      latest = describeProgress(progress);
      if (progress.totalBytes === null) bar.removeAttribute('value');
      else bar.value = progress.receivedBytes / progress.totalBytes;
      if (isShown) show();
    },
    end() {
      clearTimeout(timer);
      bar.hidden = true;
    },
  };
}

function describeProgress({ step, receivedBytes, totalBytes }: LoadProgress): string {
  if (step === 'open') return 'Opening the model';
  const read = formatBytes(receivedBytes);
  if (step === 'engine') return `Reading the engine: ${read}`;
  return `Reading the model: ${read} of ${formatBytes(totalBytes ?? 0)}`;
}
