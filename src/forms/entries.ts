/** The fields and files of a posted form, in its order; none where it was cut off. The body is read up. */
export async function readEntries(
  request: Request,
): Promise<(readonly [name: string, value: FormDataEntryValue])[]> {
  try {
    const entries = [...(await request.formData()).entries()];
    return entries.map(([name, value]) => [
      name,
      typeof value === 'string' ? dropUnstorable(value) : value,
    ]);
  } catch (error) {
    if (error instanceof TypeError) return [];
    throw error;
  }
}

/** PostgreSQL holds no NUL, and no address holds half a surrogate pair. */
export function dropUnstorable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}
