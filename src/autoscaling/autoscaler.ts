import * as z from 'zod';

const target = z.discriminatedUnion('type', [
  /** Percent of the pod's request, for Resource metrics. */
  z.strictObject({ type: z.literal('Utilization'), value: z.number().positive() }),
  z.strictObject({ type: z.literal('AverageValue'), value: z.number().positive() }),
  z.strictObject({ type: z.literal('Value'), value: z.number().positive() }),
]);

const rules = (defaults: z.output<typeof rulesShape>) => rulesShape.prefault(defaults);
const rulesShape = z.strictObject({
  stabilizationWindowSeconds: z.int().min(0).max(3600),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']),
  policies: z
    .array(
      z.strictObject({
        type: z.enum(['Pods', 'Percent']),
        value: z.int().positive(),
        periodSeconds: z.int().min(1).max(1800),
      }),
    )
    .min(1),
  tolerance: z.number().min(0),
});

/** A HorizontalPodAutoscaler of autoscaling/v2 with its defaults filled in. */
export const autoscalerSchema = z.strictObject({
  minReplicas: z.int().positive().default(1),
  maxReplicas: z.int().positive(),
  metrics: z
    .array(
      z.strictObject({
        /** `pod`: an average over the pods (Resource and Pods); `whole`: one number (Object and External). */
        source: z.enum(['pod', 'whole']),
        name: z.string().min(1),
        target,
      }),
    )
    .min(1),
  scaleUp: rules({
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 15 },
      { type: 'Pods', value: 4, periodSeconds: 15 },
    ],
    tolerance: 0.1,
  }),
  scaleDown: rules({
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    tolerance: 0.1,
  }),
  /** How often the controller looks, 15 s upstream. */
  syncPeriodSeconds: z.number().positive().default(15),
});

export type Autoscaler = z.output<typeof autoscalerSchema>;
export type ScalingRules = Autoscaler['scaleUp'];
export type ScalingMetric = Autoscaler['metrics'][number];
