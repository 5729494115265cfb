/** Reads a colour token as `#rrggbb`. */
export type ReadColour = (token: string) => string;

/**
 * Calls back with a reader of the layer's colour tokens, now and whenever light and dark change.
 * Returns the undo.
 */
export function followColours(layer: HTMLElement, use: (colour: ReadColour) => void): () => void {
  const probe = document.createElement('span');
  probe.hidden = true;
  layer.append(probe);
  const read: ReadColour = (token) => {
    probe.style.color = `var(${token})`;
    return toHex(getComputedStyle(probe).color);
  };
  const apply = () => use(read);
  apply();
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', apply);
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributeFilter: ['class', 'data-theme'] });
  return () => {
    media.removeEventListener('change', apply);
    observer.disconnect();
    probe.remove();
  };
}

/** A computed colour, `rgb(r, g, b)`, as Monaco and xterm want it. */
function toHex(computed: string): string {
  const parts = computed.match(/[\d.]+/g)?.slice(0, 3) ?? [];
  return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`;
}
