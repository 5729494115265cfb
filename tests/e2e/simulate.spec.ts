import { test } from '@playwright/test';
import { LabPage } from '../support/lab-page.ts';

test('a learner tries a policy in virtual time from the terminal, with the files as they are', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await page.goto('/labs/l07-one-slow-node/');
  await lab.start();
  await lab.run('simulate slow-node', /p99 \d{3,}\.\d S.*triage-2 25 %/s);
  await lab.run(
    "sed -i 's/^policy: .*/policy: least-request/' route.yaml && simulate slow-node",
    /p99 \d{1,2}\.\d S.*triage-2 1\d %/s,
  );
  await lab.run(
    "sed -i 's/^policy: .*/policy: custom/' route.yaml && simulate slow-node",
    /p99 \d{3,}\.\d S.*triage-2 25 %/s,
  );
  await lab.run(
    "sed -i 's/^policy: .*/policy: fastest/' route.yaml; simulate",
    /simulate: route\.yaml:\d+:\d+ policy: .*fastest.*Repair/s,
  );
  await lab.run('simulate tomorrow', /route\.yaml/);
  await lab.run('simulate --fast', /option --fast is not known/);
});
