import type { components } from '../../api/schema';

export type DecisionRole = components['schemas']['DecisionRole'];

/** Everybody who has a say at a customer's. */
export const DECISION_ROLES: readonly DecisionRole[] = ['decision_maker', 'technical_director', 'purchasing', 'finance', 'end_user', 'influencer', 'unknown'];
