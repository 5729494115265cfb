import { expect, test } from '@playwright/test';
import { LabPage } from '../support/lab-page.ts';

test('the whole path asks nobody but this origin', async ({ page, context, baseURL }) => {
  test.setTimeout(120_000);
  const elsewhere: string[] = [];
  const origin = new URL(baseURL ?? '').origin;
  await context.route(
    (url) => url.protocol.startsWith('http') && url.origin !== origin,
    async (route) => {
      elsewhere.push(route.request().url());
      await route.abort();
    },
  );
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) elsewhere.push(request.url());
  });
  page.on('websocket', (socket) => elsewhere.push(socket.url()));

  const lab = new LabPage(page);
  for (const path of ['/', '/courses/', '/search/?q=readiness', '/labs/l06-first-service/'])
    await page.goto(path);
  await lab.start();
  await lab.run(
    "sed -i 's/app: triage-model/app: triage/' service.yaml; grep app: service.yaml",
    /app: triage(?!-)/,
  );
  await lab.deploy();
  await expect(lab.cluster).toContainText('1/1 ready', { timeout: 20_000 });
  // The files as they are have no readiness probe, so the first answers may come before the model.
  await lab.run(
    `until curl -s -d '{"text":"disk full on node-7"}' http://triage/classify | grep label; do sleep 0.3; done`,
    /"label"/,
  );
  expect(elsewhere).toEqual([]);
});
