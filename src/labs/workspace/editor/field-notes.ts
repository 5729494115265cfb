/** What the fields of a manifest mean to somebody who runs a model behind them. */
export const FIELD_NOTES: Readonly<Record<string, string>> = {
  replicas: 'How many pods the Deployment keeps running.',
  selector:
    'Labels of the pods meant. A Service sends requests to ready pods with all of these labels.',
  matchLabels:
    'Must be among the labels of the pod template, or the API server refuses the Deployment.',
  template: 'What each pod is made from. A change to it starts a rolling update.',
  readinessProbe:
    'Whether the pod gets traffic. While it fails the pod keeps running, outside of the Service. A model server is ready when the model can answer, not when the process is up.',
  livenessProbe:
    'Whether the container is restarted. It says that the process is beyond saving; loading a model is not that.',
  startupProbe: 'Holds the other probes back until it has passed once. For slow starts.',
  initialDelaySeconds: 'Seconds before the first probe.',
  periodSeconds: 'Seconds between probes; 10 when absent.',
  timeoutSeconds: 'Seconds after which a probe without an answer counts as failed; 1 when absent.',
  failureThreshold: 'Failures in a row before it counts; 3 when absent.',
  successThreshold: 'Successes in a row before it counts; 1 when absent.',
  httpGet: 'A probe that asks for a path; a status from 200 to 399 passes.',
  path: 'The path that the probe asks for.',
  port: 'A port number, or the name of a port of the container. In a Service: the port that clients use.',
  targetPort:
    'Port of the pod that the Service sends to: a number, or the name of a container port. The same as port when absent.',
  containerPort:
    'The port that the process listens on. Naming it opens nothing; it is what targetPort can refer to.',
  strategy: 'How pods are replaced when the template changes.',
  maxSurge: 'How many pods more than replicas an update may run at a time; 25 % when absent.',
  maxUnavailable: 'How many of the replicas may be missing during an update; 25 % when absent.',
  minReadySeconds: 'Seconds that a new pod must stay ready before it counts as available.',
  terminationGracePeriodSeconds:
    'Seconds between the request to stop and the kill; 30 when absent. Long answers must fit into it.',
  preStop:
    'Runs before the process is told to stop. Often used to wait until no new requests arrive.',
  env: 'Environment variables of the container.',
  publishNotReadyAddresses: 'Sends requests to pods that are not ready too.',
  image: 'One of the images of this lab.',
};
