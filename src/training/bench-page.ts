import { startTraining } from './start-training.ts';

/** What the page `/labs/bench/training/` offers to the programs that drive it. */
interface TrainingBench {
  startTraining: typeof startTraining;
}

declare global {
  interface Window {
    trainingBench?: TrainingBench;
  }
}

window.trainingBench = { startTraining };
document.documentElement.dataset['ready'] = '';
