import type { Shape } from './fields.ts';

const target: Shape = {
  fields: { type: 'acts', averageUtilization: 'acts', averageValue: 'acts', value: 'acts' },
};
const named: Shape = {
  fields: { metric: { fields: { name: 'acts', selector: 'ignores' } }, target },
};
const rules: Shape = {
  fields: {
    stabilizationWindowSeconds: 'acts',
    selectPolicy: 'acts',
    tolerance: 'acts',
    policies: { list: true, fields: { type: 'acts', value: 'acts', periodSeconds: 'acts' } },
  },
};

/** The fields of `spec` of a HorizontalPodAutoscaler. */
export const autoscalerSpec: Shape = {
  fields: {
    scaleTargetRef: { fields: { apiVersion: 'acts', kind: 'acts', name: 'acts' } },
    minReplicas: 'acts',
    maxReplicas: 'acts',
    metrics: {
      list: true,
      fields: {
        type: 'acts',
        resource: { fields: { name: 'acts', target } },
        containerResource: { fields: { name: 'acts', container: 'acts', target } },
        pods: named,
        object: {
          fields: {
            ...named.fields,
            describedObject: { fields: { apiVersion: 'acts', kind: 'acts', name: 'acts' } },
          },
        },
        external: named,
      },
    },
    behavior: { fields: { scaleUp: rules, scaleDown: rules } },
  },
};
