import { ExchangeFailed } from './exchange-failure.ts';
import type { ContainerExit } from './host.ts';

/** The container is no longer running, or never came to run; `exit` says how it ended. */
export class ContainerGone extends ExchangeFailed {
  readonly exit: ContainerExit;

  constructor(name: string, exit: ContainerExit) {
    super('reset', `${name} is gone (${exit.reason}, exit code ${exit.exitCode}): ${exit.message}`);
    this.name = 'ContainerGone';
    this.exit = exit;
  }
}
