import type { Lead } from './query';

/** A converted lead is an opportunity, and a duplicate belongs to its original. */
export function canAssign(lead: Lead): boolean {
  return lead.state !== 'converted' && lead.state !== 'duplicate';
}
