import { expect, test } from 'vitest';
import type { ClusterEngine } from '../lab/create-engine.ts';
import {
  app,
  compiled,
  deploy,
  kubectl,
  openTestEngine,
  READINESS,
  until,
} from '../testing/test-engine.ts';

const CODE = `container.log('listening on 8080'); container.log('model loaded');
export default { fetch: () => new Response('ok') };`;

/** A cluster with one ready Deployment of two replicas. */
async function openReady(): Promise<ClusterEngine> {
  const engine = await openTestEngine();
  await deploy(
    engine,
    { 'app.yaml': app({ replicas: 2, container: READINESS }) },
    { triage: CODE },
  );
  await kubectl(engine, 'rollout status deploy/triage');
  return engine;
}

/** What kubectl prints, with what differs from run to run made equal. */
async function stable(engine: ClusterEngine, line: string): Promise<string> {
  const { stdout, stderr } = await engine.kubectl(
    line.split(' '),
    { 'app.yaml': app() },
    '',
    compiled({ triage: CODE }),
  );
  return mask(stdout + stderr);
}

function mask(text: string): string {
  return text
    .replace(/triage-[0-9a-f]{8,10}-[0-9a-z]{5}/g, 'triage-5d9c8b7f6d-abcde')
    .replace(/triage-[0-9a-f]{8,10}\b/g, 'triage-5d9c8b7f6d')
    .replace(/pod-template-hash=[0-9a-f]+/g, 'pod-template-hash=5d9c8b7f6d')
    .replace(/image-digest: .*/g, 'image-digest: triage=...')
    .replace(/10\.96\.\d+\.\d+|10\.9\d\.\d+\.\d+|10\.1\d\d\.\d+\.\d+/g, '10.96.0.42')
    .replace(/10\.0\.[01]\.\d+/g, '10.0.0.9')
    .replace(/\b\d+(ms|s)\b(?= |$)/gm, '5s')
    .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, 'Mon, 23 Nov 2026 16:00:00 +0000')
    .replace(/\(x\d+ over \d+s\)/g, '(x2 over 5s)')
    .replace(/simulator:\S+/g, 'simulator://node-1-container-9')
    .replace(/ +$/gm, '')
    .replace(/ {2,}/g, '  ');
}

test('get shows pods, workloads, Services and endpoints as kubectl lays them out', async () => {
  const engine = await openReady();
  expect(await kubectl(engine, 'get pods')).toMatch(
    /^NAME {22,}READY {3}STATUS {4}RESTARTS {3}AGE\ntriage-\S+ {3}1\/1 {5}Running {3}0 {10}\ds\ntriage/,
  );
  expect(await stable(engine, 'get deploy,rs,svc,ep')).toMatchInlineSnapshot(`
    "NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    deployment.apps/triage  2/2  2  2  5s

    NAME  DESIRED  CURRENT  READY  AGE
    replicaset.apps/triage-5d9c8b7f6d  2  2  2  5s

    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    service/triage  ClusterIP  10.96.0.42  <none>  80/TCP  5s

    NAME  ENDPOINTS  AGE
    endpoints/triage  10.0.0.9:8080,10.0.0.9:8080  5s
    "
  `);
  expect(await stable(engine, 'get po -o wide')).toMatchInlineSnapshot(`
    "NAME  READY  STATUS  RESTARTS  AGE  IP  NODE  NOMINATED NODE  READINESS GATES
    triage-5d9c8b7f6d-abcde  1/1  Running  0  5s  10.0.0.9  node-2  <none>  <none>
    triage-5d9c8b7f6d-abcde  1/1  Running  0  5s  10.0.0.9  node-1  <none>  <none>
    "
  `);
  expect(await stable(engine, 'get nodes')).toMatchInlineSnapshot(`
    "NAME  STATUS  ROLES  AGE  VERSION
    node-1  Ready  <none>  5s  v1.36.0
    node-2  Ready  <none>  5s  v1.36.0
    "
  `);
  expect(await stable(engine, 'get all')).toMatchInlineSnapshot(`
    "NAME  READY  STATUS  RESTARTS  AGE
    pod/triage-5d9c8b7f6d-abcde  1/1  Running  0  5s
    pod/triage-5d9c8b7f6d-abcde  1/1  Running  0  5s

    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    service/triage  ClusterIP  10.96.0.42  <none>  80/TCP  5s

    NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    deployment.apps/triage  2/2  2  2  5s

    NAME  DESIRED  CURRENT  READY  AGE
    replicaset.apps/triage-5d9c8b7f6d  2  2  2  5s
    "
  `);
});

test('get prints names, JSON and YAML', async () => {
  const engine = await openReady();
  expect(await stable(engine, 'get pods -o name')).toMatchInlineSnapshot(`
    "pod/triage-5d9c8b7f6d-abcde
    pod/triage-5d9c8b7f6d-abcde
    "
  `);
  const json = JSON.parse(await kubectl(engine, 'get pods -l app=triage -o json')) as {
    kind: string;
    items: { kind: string }[];
  };
  expect([json.kind, json.items.map(({ kind }) => kind)]).toEqual(['List', ['Pod', 'Pod']]);
  expect(await kubectl(engine, 'get svc triage -o yaml')).toMatch(
    /^apiVersion: v1\nkind: Service\nmetadata:\n/,
  );
});

test('selectors and namespaces choose what get shows', async () => {
  const engine = await openReady();
  expect(await stable(engine, 'get pods -l app=other')).toBe(
    'No resources found in default namespace.\n',
  );
  expect(await kubectl(engine, 'get pods -l app!=other,app -o name')).toMatch(
    /^pod\/\S+\npod\/\S+\n$/,
  );
  expect(await kubectl(engine, 'get pods -A')).toContain('kube-system   coredns');
});

test('events are listed with how often they happened', async () => {
  const engine = await openReady();
  expect(await stable(engine, 'get events')).toContain(
    'Normal  ScalingReplicaSet  deployment/triage  Scaled up replica set triage-5d9c8b7f6d from 0 to 2',
  );
});

test('describe tells the story of a pod, a Deployment, a Service and a node', async () => {
  const engine = await openReady();
  const [pod = ''] = (await kubectl(engine, 'get pods -o name')).split('\n');
  expect((await stable(engine, `describe ${pod}`)).split('Events:')[0]).toMatchInlineSnapshot(`
    "Name:  triage-5d9c8b7f6d-abcde
    Namespace:  default
    Node:  node-2
    Start Time:  Mon, 23 Nov 2026 16:00:00 +0000
    Labels:  app=triage
      pod-template-hash=5d9c8b7f6d
    Annotations:  day-two.dev/image-digest: triage=...
    Status:  Running
    IP:  10.0.0.9
    Controlled By:  ReplicaSet/triage-5d9c8b7f6d
    Containers:
      triage:
      Container ID:  simulator://node-1-container-9
      Image:  triage
      Port:  8080/TCP
      State:  Running
      Started:  Mon, 23 Nov 2026 16:00:00 +0000
      Ready:  True
      Restart Count:  0
      Readiness:  http-get http://:8080/ready delay=5s timeout=5s period=5s #success=1 #failure=3
      Environment:  <none>
    Conditions:
      Type  Status
      PodReadyToStartContainers  True
      Initialized  True
      Ready  True
      ContainersReady  True
      PodScheduled  True
    Volumes:  <none>
    QoS Class:  BestEffort
    Grace Period:  5s
    "
  `);
  expect((await stable(engine, 'describe deploy triage')).split('Events:')[0])
    .toMatchInlineSnapshot(`
      "Name:  triage
      Namespace:  default
      CreationTimestamp:  Mon, 23 Nov 2026 16:00:00 +0000
      Labels:  <none>
      Annotations:  deployment.kubernetes.io/revision: 1
      Selector:  app=triage
      Replicas:  2 desired | 2 updated | 2 total | 2 available | 0 unavailable
      StrategyType:  RollingUpdate
      MinReadySeconds:  0
      RollingUpdateStrategy:  25% max unavailable, 25% max surge
      Pod Template:
        Labels:  app=triage
        Annotations:  day-two.dev/image-digest: triage=...
        Containers:
        triage:
        Image:  triage
        Port:  8080/TCP
        Readiness:  http-get http://:8080/ready delay=5s timeout=5s period=5s #success=1 #failure=3
        Environment:  <none>
      Conditions:
        Type  Status  Reason
        ----  ------  ------
        Available  True  MinimumReplicasAvailable
        Progressing  True  NewReplicaSetAvailable
      OldReplicaSets:  <none>
      NewReplicaSet:  triage-5d9c8b7f6d (2/2 replicas created)
      "
    `);
  expect(await stable(engine, 'describe svc triage')).toMatchInlineSnapshot(`
    "Name:  triage
    Namespace:  default
    Labels:  <none>
    Annotations:  <none>
    Selector:  app=triage
    Type:  ClusterIP
    IP:  10.96.0.42
    Port:  <unset>  80/TCP
    TargetPort:  8080/TCP
    Endpoints:  10.0.0.9:8080,10.0.0.9:8080
    Session Affinity:  None
    Events:  <none>
    "
  `);
  expect(await stable(engine, 'describe node node-2')).toContain('Non-terminated Pods:');
  expect(await stable(engine, `describe ${pod}`)).toContain(
    'default-scheduler  Successfully assigned default/triage-5d9c8b7f6d-abcde to node-',
  );
});

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
    This lab cluster has: pods, services, deployments, replicasets, endpoints, endpointslices, events, nodes, namespaces.
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
      kubectl describe pod|deploy|rs|svc|node [NAME...] [-l SELECTOR]
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
