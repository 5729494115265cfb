import { expect, test } from '@playwright/test';
import { LabPage } from '../support/lab-page.ts';

test('from the home page to a verdict: read, deploy, load, break, mend, pass', async ({ page }) => {
  test.setTimeout(180_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const lab = new LabPage(page);

  await test.step('read', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Start the first lesson' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'From a notebook to production',
    );
    await page.getByRole('link', { name: /What a model server does/ }).click();
    await page.getByRole('link', { name: /Replicas, readiness and a Service/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Replicas, readiness and a Service',
    );
  });

  await test.step('deploy the files as they are: a pod runs and nobody can reach it', async () => {
    await lab.start();
    await lab.deploy();
    await expect(lab.cluster).toContainText('no pod carries these labels', { timeout: 20_000 });
    await lab.run('curl -i http://triage/classify', /503/);
  });

  await test.step('break the manifest: the problem is named at its line and the old pod keeps serving', async () => {
    await lab.run(
      "sed -i 's/replicas: 1/replicsa: 2/' deployment.yaml && grep -n repl deployment.yaml",
      /8:\s+replicsa/,
    );
    await lab.deploy();
    await lab.tab(/Problems/).click();
    await expect(page.getByRole('tabpanel', { name: /Problems/ })).toContainText(
      /deployment\.yaml:8.*replicas/s,
    );
    await lab.run('kubectl get pods', /1\/1\s+Running/);
  });

  await test.step('mend it: two pods that are ready when the model is', async () => {
    await lab.run(
      "sed -i 's/replicsa: 2/replicas: 2/' deployment.yaml && grep replicas deployment.yaml",
      /replicas: 2/,
    );
    await lab.run(
      "printf '          readinessProbe:\\n            httpGet: {path: /readyz, port: http}\\n            periodSeconds: 1\\n' >> deployment.yaml; tail -2 deployment.yaml",
      /periodSeconds: 1/,
    );
    await lab.run(
      "sed -i 's/app: triage-model/app: triage/' service.yaml && grep app: service.yaml",
      /app: triage(?!-)/,
    );
    await lab.deploy();
    await expect(lab.cluster).toContainText('2/2 ready', { timeout: 20_000 });
    await lab.run(
      `curl -s -d '{"text":"disk full on node-7"}' http://triage/classify`,
      /"label":"storage"/,
    );
  });

  await test.step('send it load', async () => {
    await lab.run('load --rate 40 --duration 4 http://triage/classify', /p99/, 30_000);
  });

  await test.step('get a verdict', async () => {
    await lab.check();
    // Of the whole panel, so that a failure shows what was measured.
    await expect(page.locator('.checks')).toContainText(/Passed\s*10 of 10 points/);
  });

  await test.step('reload: nothing is lost', async () => {
    await page.goto('/labs/l06-first-service/');
    await lab.start();
    await expect(page.locator('.monaco-editor .view-lines').first()).toContainText('replicas:');
    await lab.run('grep replicas deployment.yaml', /replicas: 2/);
    await page.goto('/progress/');
    await expect(page.locator('main')).toContainText('First Service');
  });
  expect(errors).toEqual([]);
});
