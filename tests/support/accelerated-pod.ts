/** A Deployment of one pod that may ask for the node's accelerator, and its Service of the same name. */
export function describeAcceleratedPod(name: string, isAccelerated = true): string {
  const resources = isAccelerated ? 'resources: { limits: { gpu.example/webgpu: 1 } }' : '';
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 1
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      terminationGracePeriodSeconds: 2
      containers:
        - name: server
          image: server
          ports:
            - { name: http, containerPort: 8080 }
          ${resources}
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 1
            timeoutSeconds: 60
            failureThreshold: 20
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: { app: ${name} }
  ports:
    - { port: 80, targetPort: http }
`;
}
