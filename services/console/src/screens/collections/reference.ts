const EVENT = /^event:[0-9a-f-]{36}\s+/;

/** It is a record of Sluice's own, not something outside. */
export const isRecord = (reference: string): boolean => EVENT.test(reference);

/** What people read of a piece of evidence: where a number stands behind the event's id, the number. */
export function readable(reference: string): string {
  return reference.replace(EVENT, '');
}
