import { expect, test } from 'vitest';
import { formatProblem } from '#platform/problem.ts';
import { checkManifests } from './check-manifests.ts';

const GOOD = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: triage
spec:
  replicas: 2
  selector:
    matchLabels:
      app: triage
  template:
    metadata:
      labels:
        app: triage
    spec:
      containers:
        - name: triage
          image: triage
          ports:
            - containerPort: 8080
          readinessProbe:
            httpGet: { path: /ready, port: 8080 }
            periodSeconds: 1
---
apiVersion: v1
kind: Service
metadata:
  name: triage
spec:
  selector:
    app: triage
  ports:
    - port: 80
      targetPort: 8080
`;

/** What is found after each `[from, to]` change of the good files, one problem a line. */
function problemsAfter(...changes: readonly (readonly [string, string])[]): string {
  const text = changes.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, GOOD);
  return checkManifests({ 'app.yaml': text }, ['triage', 'gate'])
    .problems.map((problem) => `${problem.severity ?? 'error'} ${formatProblem(problem)}`)
    .join('\n');
}

test('good manifests have no problem and are given in order', () => {
  const { manifests, problems } = checkManifests({ 'app.yaml': GOOD, 'server.ts': 'x' }, [
    'triage',
  ]);
  expect(problems).toEqual([]);
  expect(manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
    'Deployment/triage',
    'Service/triage',
  ]);
});

test('an unknown field is named with what was probably meant', () => {
  expect(problemsAfter(['  replicas: 2', '  replicsa: 2'])).toMatchInlineSnapshot(
    `"error app.yaml:6:3 spec.replicsa: strict decoding error: unknown field "spec.replicsa". Repair: Did you mean \`replicas\`?"`,
  );
});

test('a field in the wrong place is told what belongs there', () => {
  expect(
    problemsAfter(['          image: triage', '          image: triage\n          replicas: 3']),
  ).toMatchInlineSnapshot(
    `"error app.yaml:18:11 spec.template.spec.containers.0.replicas: strict decoding error: unknown field "spec.template.spec.containers[0].replicas". Repair: Remove it or move it: spec.template.spec.containers has name, image, command, imagePullPolicy, ports, env, resources, livenessProbe, readinessProbe, startupProbe, lifecycle, terminationMessagePath and more."`,
  );
});

test('a selector that its own template does not fulfil is refused as the API server does', () => {
  expect(
    problemsAfter(['        app: triage\n    spec', '        app: triag\n    spec']),
  ).toMatchInlineSnapshot(
    `"error app.yaml:13:9 spec.template.metadata.labels: Invalid value: {"app":"triag"}: \`selector\` does not match template \`labels\`. Repair: Give the template the labels that the selector asks for: {"app":"triage"}."`,
  );
});

test('a Service that would find no pod is a warning with the labels to compare', () => {
  expect(
    problemsAfter([
      '  selector:\n    app: triage\n  ports',
      '  selector:\n    app: triag\n  ports',
    ]),
  ).toMatchInlineSnapshot(
    `"warning app.yaml:30:5 spec.selector: no pod of these files has the labels app=triag, so the Service will have no endpoints. Repair: Deployment triage has app=triage. Afterwards look at: kubectl get endpoints"`,
  );
});

test('a targetPort that no container has is a warning', () => {
  expect(problemsAfter(['targetPort: 8080', 'targetPort: 8000'])).toMatchInlineSnapshot(
    `"warning app.yaml:33:19 spec.ports.0.targetPort: no container of Deployment triage has port 8000, so connections will be refused. Repair: Declared ports: 8080."`,
  );
});

test('a file with nothing in it is a warning, and so is an object that is declared twice', () => {
  const check = (files: Record<string, string>) =>
    checkManifests(files, ['triage']).problems.map(
      ({ file, line, severity, message }) => `${severity ?? 'error'} ${file}:${line} ${message}`,
    );
  expect(check({ 'app.yaml': GOOD, 'empty.yaml': '# later\n' })).toEqual([
    'warning empty.yaml:1 there is nothing to apply in this file; what it created earlier stays in the cluster.',
  ]);
  expect(check({ 'a.yaml': GOOD, 'b.yaml': GOOD })).toEqual([
    'warning b.yaml:4 Deployment triage is declared a second time, and the last one wins.',
    'warning b.yaml:27 Service triage is declared a second time, and the last one wins.',
  ]);
});

test('aliases that multiply or lead nowhere are refused', () => {
  const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, at, all) =>
    at === 0
      ? `${name}: &${name} [x, x, x]`
      : `${name}: &${name} [${`*${all[at - 1]}, `.repeat(9)}]`,
  );
  const found = [rows.join('\n'), 'kind: *nothing'].flatMap(
    (text) => checkManifests({ 'app.yaml': text }, []).problems,
  );
  expect(found.map(({ severity = 'error', message }) => `${severity} ${message}`)).toEqual([
    'error an alias (`*name`) cannot be resolved: Excessive alias count indicates a resource exhaustion attack.',
    expect.stringMatching(/^error .*nothing/),
  ]);
});

test('more replicas than a browser can run are refused', () => {
  expect(problemsAfter(['replicas: 2', 'replicas: 500'])).toMatchInlineSnapshot(
    `"error app.yaml:6:13 spec.replicas: Invalid value: 500: must be less than or equal to 30 here, because every pod is a process of this browser. Repair: Write at most 30. A real cluster would take it and leave pods Pending when its nodes are full."`,
  );
});

test('negative replicas, a bad name and a port out of range are refused', () => {
  expect(
    problemsAfter(
      ['replicas: 2', 'replicas: -3'],
      ['  name: triage\nspec:\n  selector', '  name: API_1\nspec:\n  selector'],
      ['containerPort: 8080', 'containerPort: 80800'],
    ),
  ).toMatchInlineSnapshot(`
    "error app.yaml:6:13 spec.replicas: Invalid value: -3: must be greater than or equal to 0. Repair: Write how many pods should run, for example 2.
    error app.yaml:19:30 spec.template.spec.containers.0.ports.0.containerPort: Invalid value: 80800: must be between 1 and 65535, inclusive. Repair: Write the port that the container listens on, for example 8080.
    error app.yaml:27:9 metadata.name: Invalid value: "API_1": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character. Repair: Write \`api-1\`, for example."
  `);
});

test('a missing image is refused and an unknown one is a warning', () => {
  expect(problemsAfter(['          image: triage\n', ''])).toMatchInlineSnapshot(
    `"error app.yaml:16:11 spec.template.spec.containers.0.image: Required value. Repair: Add \`image:\` with one of this lab's images: triage, gate."`,
  );
  expect(problemsAfter(['image: triage', 'image: triag'])).toMatchInlineSnapshot(
    `"warning app.yaml:17:18 spec.template.spec.containers.0.image: "triag" is not in this lab's registry; its pods will wait in ErrImagePull and ImagePullBackOff. Repair: Did you mean \`triage\`? Look at: kubectl describe pod"`,
  );
});

test('a value of the wrong type says what was expected and found', () => {
  expect(
    problemsAfter(
      ['replicas: 2', 'replicas: two'],
      ['app: triage\n  template', 'app: 7\n  template'],
    ),
  ).toMatchInlineSnapshot(`
    "error app.yaml:6:13 spec.replicas: expected integer, found string "two". Repair: Write a number without quotes.
    error app.yaml:9:12 spec.selector.matchLabels.app: expected string, found number 7. Repair: Put the value in quotes."
  `);
});

test('a required field that is missing is shown at its parent', () => {
  expect(
    problemsAfter(['  selector:\n    matchLabels:\n      app: triage\n', '']),
  ).toMatchInlineSnapshot(
    `"error app.yaml:5:1 spec.selector: Required value. Repair: Add \`selector:\` to spec."`,
  );
});

test('an unknown kind, a wrong version and a missing kind each get a repair', () => {
  expect(problemsAfter(['kind: Deployment', 'kind: Deploymnet'])).toMatchInlineSnapshot(
    `"error app.yaml:2:7 kind: no matches for kind "Deploymnet" in version "apps/v1". Repair: Did you mean \`Deployment\`?"`,
  );
  expect(problemsAfter(['kind: Service', 'kind: Ingress'])).toMatchInlineSnapshot(
    `"error app.yaml:25:7 kind: no matches for kind "Ingress" in version "v1". Repair: This lab cluster has Deployment (apps/v1), ReplicaSet (apps/v1), Pod (v1), Service (v1), HorizontalPodAutoscaler (autoscaling/v2), Namespace (v1)."`,
  );
  expect(problemsAfter(['apiVersion: apps/v1', 'apiVersion: v1'])).toMatchInlineSnapshot(
    `"error app.yaml:1:13 apiVersion: no matches for kind "Deployment" in version "v1". Repair: Write \`apiVersion: apps/v1\`."`,
  );
  expect(problemsAfter(['kind: Service\n', ''])).toMatchInlineSnapshot(
    `"error app.yaml:24:1 kind: Object 'Kind' is missing. Repair: Add \`kind:\` with one of: Deployment (apps/v1), ReplicaSet (apps/v1), Pod (v1), Service (v1), HorizontalPodAutoscaler (autoscaling/v2), Namespace (v1)."`,
  );
});

test('a tab, a duplicate key and broken indentation are found at their line', () => {
  expect(problemsAfter(['  replicas: 2', '\treplicas: 2'])).toMatchInlineSnapshot(
    `"error app.yaml:6:1: found character that cannot start any token: a tab is used for indentation. Repair: Indent with spaces, two for each level."`,
  );
  expect(problemsAfter(['  replicas: 2', '  replicas: 2\n  replicas: 3'])).toMatchInlineSnapshot(
    `"error app.yaml:7:3: mapping key is already defined: this map has the same key twice. Repair: Keep one of them; most readers would silently lose the other."`,
  );
  expect(problemsAfter(['  replicas: 2', '   replicas: 2'])).toMatchInlineSnapshot(
    `"error app.yaml:7:1: the indentation does not fit the lines around it. Repair: Give all keys of one map the same indentation, two spaces deeper than their parent."`,
  );
});

test('what the cluster does not act on is said and never silent; resources are kept', () => {
  expect(
    problemsAfter([
      '          ports:',
      '          resources: { limits: { memory: 128Mi } }\n          volumeMounts: [{ name: data, mountPath: /data }]\n          ports:',
    ]),
  ).toMatchInlineSnapshot(
    `"warning app.yaml:19:11 spec.template.spec.containers.0.volumeMounts: spec.template.spec.containers[0].volumeMounts is valid in Kubernetes; this lab cluster does not act on it. Repair: It is kept and does no harm. Do not count on its effect here."`,
  );
});

test('probes that the API server refuses, or that cannot succeed, are found', () => {
  expect(
    problemsAfter([
      'httpGet: { path: /ready, port: 8080 }',
      'httpGet: { path: /ready, port: web }',
    ]),
  ).toMatchInlineSnapshot(
    `"warning app.yaml:21:44 spec.template.spec.containers.0.readinessProbe.httpGet.port: container triage has no port named "web", so this probe can only fail. Repair: Name the port under \`ports:\` or write its number."`,
  );
  expect(
    problemsAfter(['            httpGet: { path: /ready, port: 8080 }\n', '']),
  ).toMatchInlineSnapshot(
    `"error app.yaml:21:13 spec.template.spec.containers.0.readinessProbe: Required value: must specify a handler type. Repair: Give it one of httpGet, tcpSocket or exec, for example \`httpGet: { path: /ready, port: 8080 }\`."`,
  );
});

test('a nodePort belongs to a NodePort Service and to its range', () => {
  expect(
    problemsAfter(['targetPort: 8080', 'targetPort: 8080\n      nodePort: 30080']),
  ).toMatchInlineSnapshot(
    `"error app.yaml:34:17 spec.ports.0.nodePort: Forbidden: may not be used when \`type\` is 'ClusterIP'. Repair: Write \`type: NodePort\`, or remove nodePort."`,
  );
});

test('every problem of every file is reported in one run', () => {
  const { problems } = checkManifests({ 'a.yaml': 'kind: Pod', 'b.yml': '- x' }, ['triage']);
  expect(problems.map(formatProblem).join('\n')).toMatchInlineSnapshot(`
    "a.yaml:1:1 apiVersion: apiVersion not set. Repair: Write \`apiVersion: v1\`.
    b.yml:1:1: this document is not a map with apiVersion, kind and metadata. Repair: Start it with \`apiVersion: apps/v1\` and \`kind: Deployment\`, or remove it."
  `);
});
