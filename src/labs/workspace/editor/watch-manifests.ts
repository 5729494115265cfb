import type { Workbench } from '../state/workbench.svelte.ts';

const CHECK_AFTER_MS = 350;

/** Checks the manifests a moment after each edit and once at the start. Call inside an effect. */
export function watchManifests(bench: Workbench): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  let isStopped = false;
  const check = async () => {
    const own = ++round;
    const problems = await bench.services.checkManifests(bench.lab, bench.files.snapshot());
    if (own === round) bench.lint = problems;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), CHECK_AFTER_MS);
  };
  void bench.settled.then(() => {
    if (!isStopped) later();
  });
  const unwatch = bench.files.onChange(later);
  return () => {
    clearTimeout(timer);
    isStopped = true;
    round += 1;
    unwatch();
  };
}
