import { measureDeploy, measureHop } from './bench/measure.ts';

/** What the page `/labs/bench/` offers to `npm run bench`. */
interface BenchPage {
  measureDeploy: typeof measureDeploy;
  measureHop: typeof measureHop;
}

declare global {
  interface Window {
    benchPage?: BenchPage;
  }
}

window.benchPage = { measureDeploy, measureHop };
document.documentElement.dataset['ready'] = '';
