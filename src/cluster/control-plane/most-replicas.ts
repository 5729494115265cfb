/** Replicas that one Deployment or ReplicaSet may ask for: each is a process of the learner's browser. */
export const MOST_REPLICAS = 30;
