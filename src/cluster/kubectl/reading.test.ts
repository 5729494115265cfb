import { expect, test } from 'vitest';
import { openReady, stable } from '../testing/stable-kubectl.ts';
import { kubectl } from '../testing/test-engine.ts';

/** Which of two pods comes first by name is up to chance, and so is its node. */
function onOneNode(text: string): string {
  return text.replaceAll('node-2', 'node-1');
}

test('get shows pods, workloads, Services and endpoints as kubectl lays them out', async () => {
  const engine = await openReady();
  expect(await kubectl(engine, 'get pods')).toMatch(
    /^NAME {18,}READY {3}STATUS {4}RESTARTS {3}AGE\ntriage-\S+ {3}1\/1 {5}Running {3}0 {10}\ds\ntriage/,
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
  expect(onOneNode(await stable(engine, 'get po -o wide'))).toMatchInlineSnapshot(`
    "NAME  READY  STATUS  RESTARTS  AGE  IP  NODE  NOMINATED NODE  READINESS GATES
    triage-5d9c8b7f6d-abcde  1/1  Running  0  5s  10.0.0.9  node-1  <none>  <none>
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

test('an EndpointSlice has a made-up suffix, the same in every answer', async () => {
  const engine = await openReady();
  const [listed = ''] = (await kubectl(engine, 'get endpointslices -o name')).trim().split('\n');
  expect(listed).toMatch(/^endpointslice\.discovery\.k8s\.io\/triage-[a-z0-9]{5}$/);
  const name = listed.replace(/.*\//, '');
  expect(await kubectl(engine, `get endpointslice ${name}`)).toContain(`\n${name}  `);
  expect(await kubectl(engine, `get endpointslice ${name} -o yaml`)).toContain(
    `\n  name: ${name}\n`,
  );
  expect(await stable(engine, 'get endpointslice triage-simulator')).toBe(
    'Error from server (NotFound): endpointslices.discovery.k8s.io "triage-simulator" not found\n',
  );
  await kubectl(engine, 'scale deploy/triage --replicas 1');
  expect(await kubectl(engine, 'get endpointslices -o name')).toBe(`${listed}\n`);
  expect(await kubectl(engine, `delete endpointslice ${name} --wait=false`)).toContain(
    `"${name}" deleted`,
  );
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
  expect(onOneNode(await stable(engine, `describe ${pod}`)).split('Events:')[0])
    .toMatchInlineSnapshot(`
    "Name:  triage-5d9c8b7f6d-abcde
    Namespace:  default
    Node:  node-1
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
