import type { LabCheckContext } from '#labs/check-context.ts';

/** A replica of ours beside the learner's: the same image without a cache. */
const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: reference
spec:
  replicas: 1
  selector:
    matchLabels:
      app: reference
  template:
    metadata:
      labels:
        app: reference
    spec:
      containers:
        - name: oncall-lm
          image: oncall-lm
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: KV_CACHE
              value: 'off'
          readinessProbe:
            httpGet:
              path: /readyz
              port: http
            periodSeconds: 1
---
apiVersion: v1
kind: Service
metadata:
  name: reference
spec:
  selector:
    app: reference
  ports:
    - name: http
      port: 80
      targetPort: http
`;
const FILE = 'reference.yaml';

/** Starts it; it loads while something else is checked. */
export async function startReference({ cluster, files }: LabCheckContext): Promise<void> {
  const applied = await cluster.kubectl(['apply', '-f', FILE], { ...files, [FILE]: MANIFESTS });
  if (applied.exitCode !== 0) throw new Error(applied.stderr);
}
