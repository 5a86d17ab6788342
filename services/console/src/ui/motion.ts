/** Somebody who asked their system for less motion gets none. */
export const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
