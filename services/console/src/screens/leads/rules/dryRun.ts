import { api, body } from '../../../api/client';
import type { components } from '../../../api/schema';

/** What past leads would have become under a draft. */
export type DryRun = components['schemas']['TrialResult'];
export type Sampled = components['schemas']['TriedLead'];
export type Outcome = components['schemas']['Fate'];
export type Share = components['schemas']['PersonShift'];

type Asked = components['schemas']['RuleTrial'];

export const dryRun = (asked: Asked): Promise<DryRun> => body(api.POST('/api/routing-rules/dry-run', { body: asked }));
