import type { Lab } from './lab.ts';

export interface Step {
  readonly name: string;
  play(lab: Lab): Promise<void>;
}

const CLUSTER = '[role=region][aria-label=Cluster], section[aria-label=Cluster]';

const deployAsIs: Step = {
  name: 'deploy the files as they are: a pod runs and nobody can reach it',
  async play(lab) {
    await lab.deploy();
    await lab.see(CLUSTER, /no pod carries these labels/, 40_000);
    await lab.run('curl -i http://triage/classify', /503/);
  },
};

const mendSelector: Step = {
  name: 'mend the Service in the terminal: a real prediction comes back',
  async play(lab) {
    await lab.run(
      "sed -i 's/app: triage-model/app: triage/' service.yaml && kubectl apply -f service.yaml",
      /service\/triage configured/,
    );
    await lab.predict();
  },
};

const openLab: Step = {
  name: 'start the lab: the sandbox opens and the editor is coloured',
  async play(lab) {
    await lab.open('/labs/l06-first-service/');
    await lab.start();
  },
};

/** From a lesson to a verdict and back after a reload. */
export const wholeStory: readonly Step[] = [
  {
    name: 'read: from the home page to the lesson that holds the lab',
    async play(lab) {
      await lab.open('/');
      await lab.click('a', /^Start the first lesson$/);
      await lab.see('h1', /^From a notebook to production$/);
      await lab.click('a', /What a model server does/);
      await lab.see('h1', /^What a model server does$/);
      await lab.click('a', /Replicas, readiness and a Service/);
      await lab.see('h1', /^Replicas, readiness and a Service$/);
    },
  },
  { name: 'start the lab in the lesson: the editor is coloured', play: (lab) => lab.start() },
  deployAsIs,
  mendSelector,
  {
    name: 'break the manifest in the editor: named at its line, the old pod keeps serving',
    async play(lab) {
      await lab.typeAfter(/replicas: 1/, 'x');
      await lab.deploy();
      await lab.see('header[data-pane-stop]', /1 problem\. Old pods keep serving\./);
      await lab.click('[role=tab]', /^Problems/);
      await lab.see('[role=tabpanel] ul[aria-label=Problems]', /deployment\.yaml:8.*replicas/);
      await lab.predict();
    },
  },
  {
    name: 'mend it in the terminal: two pods that are ready when the model is',
    async play(lab) {
      await lab.run(
        "sed -i 's/replicas: 1x/replicas: 2/' deployment.yaml && grep -n replicas deployment.yaml",
        /8:\s+replicas: 2/,
      );
      await lab.run(
        "printf '          readinessProbe:\\n            httpGet: {path: /readyz, port: http}\\n            periodSeconds: 1\\n' >> deployment.yaml; tail -2 deployment.yaml",
        /periodSeconds: 1/,
      );
      // Not by the button: where the new pods start slowly, the old ones make it two of two first.
      await lab.run(
        'kubectl apply -f deployment.yaml && kubectl rollout status deployment/triage',
        /successfully rolled out/,
        40_000,
      );
      await lab.see(CLUSTER, /2\/2 ready/);
      await lab.predict();
    },
  },
  {
    name: 'send it load: every request is answered',
    play: (lab) =>
      lab.run(
        'load --rate 40 --duration 4 http://triage/classify',
        /outcomes\s+ok \d+\s*pods/,
        30_000,
      ),
  },
  {
    name: 'check: 10 of 10 points',
    async play(lab) {
      await lab.check();
      await lab.see('.verdict', /10 of 10 points/);
    },
  },
  {
    name: 'reload: the files and the verdict are still there',
    async play(lab) {
      await openLab.play(lab);
      await lab.run('grep replicas deployment.yaml', /replicas: 2/);
      await lab.open('/progress/');
      await lab.see('main', /First Service/);
    },
  },
];

/** The sandbox, and one model deployed and asked through its Service. */
export const shortStory: readonly Step[] = [openLab, deployAsIs, mendSelector];
