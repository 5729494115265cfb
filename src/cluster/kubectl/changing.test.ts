import { expect, test } from 'vitest';
import { CODE, mask, openReady, stable } from '../testing/stable-kubectl.ts';
import { app, compiled, kubectl, openTestEngine, until } from '../testing/test-engine.ts';

test('logs of a pod or of the first pod of a Deployment', async () => {
  const engine = await openReady();
  const result = await engine.kubectl(['logs', 'deploy/triage'], {}, '', null);
  expect(result.stdout).toBe('listening on 8080\nmodel loaded\n');
  expect(mask(result.stderr)).toBe('Found 2 pods, using pod/triage-5d9c8b7f6d-abcde\n');
  expect(await kubectl(engine, 'logs -l app=triage --tail=1')).toBe('model loaded\nmodel loaded\n');
  expect(await stable(engine, 'logs deploy/triage -p')).toBe(
    'Error from server (BadRequest): previous terminated container "triage" in pod "triage-5d9c8b7f6d-abcde" not found\n',
  );
});

test('scale, rollout and delete say what they did', async () => {
  const engine = await openReady();
  expect(await stable(engine, 'scale deploy/triage --replicas=3')).toBe(
    'deployment.apps/triage scaled\n',
  );
  expect(await stable(engine, 'rollout status deploy/triage')).toContain(
    'deployment "triage" successfully rolled out',
  );
  expect(await stable(engine, 'scale deploy triage --replicas 1')).toBe(
    'deployment.apps/triage scaled\n',
  );
  expect(await stable(engine, 'scale deploy triage --replicas 500')).toMatch(
    /spec\.replicas: Invalid value: 500: must be less than or equal to 30/,
  );
  await until(
    async () => (await kubectl(engine, 'get pods -o name')).trim().split('\n').length === 1,
    'one pod',
  );
  expect(await stable(engine, 'rollout history deploy/triage')).toMatchInlineSnapshot(`
    "deployment.apps/triage
    REVISION  CHANGE-CAUSE
    1  <none>

    "
  `);
  expect(await stable(engine, 'set image deploy/triage triage=gate')).toBe(
    'deployment.apps/triage image updated\n',
  );
  await until(
    async () => (await stable(engine, 'rollout history deploy/triage')).includes('\n2  '),
    'a second revision',
  );
  expect(await stable(engine, 'rollout undo deploy/triage')).toBe(
    'deployment.apps/triage rolled back\n',
  );
  expect(await stable(engine, 'delete deploy triage')).toBe(
    'deployment.apps "triage" deleted from default namespace\n',
  );
  await until(
    async () => (await stable(engine, 'get pods')) === 'No resources found in default namespace.\n',
    'no pods',
  );
  expect(await stable(engine, 'delete -f app.yaml --ignore-not-found')).toBe(
    'service "triage" deleted from default namespace\n',
  );
});

test('what does not exist or is not understood is refused in kubectl’s words', async () => {
  const engine = await openTestEngine();
  expect(await stable(engine, 'get pod nope')).toMatchInlineSnapshot(`
    "Error from server (NotFound): pods "nope" not found
    "
  `);
  expect(await stable(engine, 'get deploy/nope')).toMatchInlineSnapshot(`
    "Error from server (NotFound): deployments.apps "nope" not found
    "
  `);
  expect(await stable(engine, 'get ingresses')).toMatchInlineSnapshot(`
    "error: the server doesn't have a resource type "ingresses"
    This lab cluster has: pods, services, deployments, replicasets, endpoints, endpointslices, events, nodes, namespaces, horizontalpodautoscalers.
    "
  `);
  expect(await stable(engine, 'get pods --watch')).toMatchInlineSnapshot(`
    "error: unknown flag: --watch
    This lab's kubectl knows for this command: -n, --namespace; -A, --all-namespaces; -l, --selector; -o, --output; --show-labels; --no-headers; --sort-by.
    "
  `);
  expect(await stable(engine, 'get pods -x')).toMatchInlineSnapshot(`
    "error: unknown shorthand flag: 'x' in -x
    This lab's kubectl knows for this command: -n, --namespace; -A, --all-namespaces; -l, --selector; -o, --output; --show-labels; --no-headers; --sort-by.
    "
  `);
  expect(await stable(engine, 'exec -it x')).toMatchInlineSnapshot(`
    "error: unknown command "exec" for "kubectl"
    This lab's kubectl has: get, describe, apply, delete, logs, scale, rollout, set, version.
    "
  `);
  expect(await stable(engine, 'aplly -f x')).toMatchInlineSnapshot(`
    "error: unknown command "aplly" for "kubectl"

    Did you mean this?
    	apply
    This lab's kubectl has: get, describe, apply, delete, logs, scale, rollout, set, version.
    "
  `);
  expect(await stable(engine, 'apply -f nope.yaml')).toMatchInlineSnapshot(`
    "error: the path "nope.yaml" does not exist
    "
  `);
  expect(await stable(engine, 'scale deploy/nope')).toMatchInlineSnapshot(`
    "error: required flag(s) "replicas" not set
    "
  `);
  expect(await stable(engine, 'logs nope')).toMatchInlineSnapshot(`
    "Error from server (NotFound): pods "nope" not found
    "
  `);
  expect(await stable(engine, 'help')).toMatchInlineSnapshot(`
    "kubectl controls this lab's cluster. What it has here:
      kubectl get TYPE [NAME...] [-o wide|yaml|json|name] [-l SELECTOR] [-A] [--show-labels]
      kubectl describe pod|deploy|rs|svc|node|hpa [NAME...] [-l SELECTOR]
      kubectl apply -f FILE|DIRECTORY|-
      kubectl delete TYPE NAME... | -l SELECTOR | --all | -f FILE [--grace-period SECONDS] [--wait=false]
      kubectl logs POD | deploy/NAME | -l SELECTOR [-c CONTAINER] [--tail N] [-p] [--timestamps] [--prefix]
      kubectl scale deploy/NAME --replicas N
      kubectl rollout status|restart|undo|history|pause|resume deploy/NAME
      kubectl set image deploy/NAME CONTAINER=IMAGE...
      kubectl version
    "
  `);
});

test('apply takes every file that -f names', async () => {
  const engine = await openTestEngine();
  const [deployment = '', service = ''] = app().split(/^---$/m);
  const files = { 'deployment.yaml': deployment, 'service.yaml': service };
  for (const args of [
    ['apply', '-f', 'deployment.yaml', '-f', 'service.yaml'],
    ['apply', '-f', 'deployment.yaml,service.yaml'],
  ]) {
    const { stdout } = await engine.kubectl(args, files, '', compiled({ triage: CODE }));
    expect(stdout).toMatch(/deployment.apps\/triage .*\nservice\/triage /);
  }
});

test('apply -f - reads what was piped in, and a refusal names the line', async () => {
  const engine = await openTestEngine();
  const piped = await engine.kubectl(['apply', '-f', '-'], {}, app(), compiled({ triage: CODE }));
  expect(piped.stdout).toBe('deployment.apps/triage created\nservice/triage created\n');
  const refused = await engine.kubectl(
    ['apply', '-f', 'app.yaml'],
    { 'app.yaml': app({ replicas: -1 }) },
    '',
    compiled({ triage: CODE }),
  );
  expect(refused).toMatchInlineSnapshot(`
    {
      "exitCode": 1,
      "stderr": "error: app.yaml:5:13 spec.replicas: Invalid value: -1: must be greater than or equal to 0. Repair: Write how many pods should run, for example 2.
    ",
      "stdout": "",
    }
  `);
});
