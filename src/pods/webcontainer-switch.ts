import * as z from 'zod';

/** Where the server says whether its host switched WebContainer on. */
export const webContainerPath = '/webcontainer.json';

const switchSchema = z.strictObject({ enabled: z.boolean() });

/** Asks the server. A host that only hands out files knows nothing of it, which means no. */
export async function isWebContainerOn(signal: AbortSignal): Promise<boolean> {
  const response = await fetch(webContainerPath, { signal });
  if (response.status === 404) return false;
  if (!response.ok)
    throw new Error(
      `${webContainerPath} answered ${response.status}; reload the page to try again.`,
    );
  return switchSchema.parse(await response.json()).enabled;
}
