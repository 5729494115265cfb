import { readdir, readFile } from 'node:fs/promises';
import { parseManifest, type Manifest } from '../../src/models/manifest.ts';

/** Every committed model. */
export async function readManifests(): Promise<Manifest[]> {
  const entries = await readdir('models', { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  return Promise.all(
    folders.map(async ({ name }) =>
      parseManifest(await readFile(`models/${name}/manifest.json`, 'utf8')),
    ),
  );
}

/** A Deployment of one pod that serves the model, and its Service of the same name. */
export function describePod(model: string, task: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${model}
spec:
  replicas: 1
  selector:
    matchLabels: { app: ${model} }
  template:
    metadata:
      labels: { app: ${model} }
    spec:
      containers:
        - name: server
          image: server
          env:
            - { name: MODEL, value: ${model} }
            - { name: TASK, value: ${task} }
          ports:
            - { name: http, containerPort: 8080 }
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 1
            timeoutSeconds: 20
---
apiVersion: v1
kind: Service
metadata:
  name: ${model}
spec:
  selector: { app: ${model} }
  ports:
    - { port: 80, targetPort: http }
`;
}
