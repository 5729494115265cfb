/** The name under which a training graph gives the gradient of a parameter. */
export const gradientName = (parameter: string): string => `gradient.${parameter}`;
