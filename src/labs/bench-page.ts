import { measureAgreement } from './bench/measure-agreement.ts';
import { measureGenerator } from './bench/measure-load.ts';
import { measureSimulation } from './bench/measure-simulation.ts';
import { measureDeploy, measureHop } from './bench/measure.ts';

/** What the page `/labs/bench/` offers to `npm run bench`. */
interface BenchPage {
  measureDeploy: typeof measureDeploy;
  measureHop: typeof measureHop;
  measureAgreement: typeof measureAgreement;
  measureGenerator: typeof measureGenerator;
  measureSimulation: typeof measureSimulation;
}

declare global {
  interface Window {
    benchPage?: BenchPage;
  }
}

window.benchPage = {
  measureAgreement,
  measureDeploy,
  measureGenerator,
  measureHop,
  measureSimulation,
};
document.documentElement.dataset['ready'] = '';
