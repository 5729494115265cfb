/** What every stored object has: the API server sets it. */
export interface Identity {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
}

/** The name, namespace and uid of an object that the API server gave. */
export function identityOf({
  metadata,
}: {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
  };
}): Identity {
  const { name = '', namespace = 'default', uid = '' } = metadata ?? {};
  return { name, namespace, uid };
}

/** True when `owner` is among the owners of an object. */
export function isOwnedBy(
  object: {
    readonly metadata?: { readonly ownerReferences?: readonly { readonly uid: string }[] };
  },
  owner: { readonly metadata?: { readonly uid?: string } },
): boolean {
  return (object.metadata?.ownerReferences ?? []).some(({ uid }) => uid === owner.metadata?.uid);
}
