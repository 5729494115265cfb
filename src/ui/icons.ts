/** Icon drawings on a 20 by 20 grid, stroked with the current colour. */
export const icons = {
  search: '<circle cx="8.5" cy="8.5" r="5.25"/><path d="m12.5 12.5 4.75 4.75"/>',
  sun: '<circle cx="10" cy="10" r="3.25"/><path d="M10 1.75v2M10 16.25v2M1.75 10h2M16.25 10h2M4.2 4.2l1.4 1.4M14.4 14.4l1.4 1.4M15.8 4.2l-1.4 1.4M5.6 14.4l-1.4 1.4"/>',
  moon: '<path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z"/>',
  play: '<path d="M6 3.75v12.5l10-6.25Z" fill="currentColor" stroke-linejoin="round"/>',
  done: '<path d="m4 10.5 4 4 8-9"/>',
  previous: '<path d="M16.5 10h-13M8.5 5l-5 5 5 5"/>',
  next: '<path d="M3.5 10h13M11.5 5l5 5-5 5"/>',
} as const;

export type IconName = keyof typeof icons;
