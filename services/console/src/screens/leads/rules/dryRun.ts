// The contract of POST /api/routing-rules/dry-run, until `schema.d.ts` has it: then these types come from there and
// `dryRun` calls `api` directly.
import type createClient from 'openapi-fetch';

import { api, body } from '../../../api/client';
import type { Draft } from './draft';

/** Where a lead went, or would go. */
export interface Outcome {
  rule: string | null;
  outcome: 'reps' | 'fallback_owner' | 'queue';
  person_id: string | null;
  name: string | null;
  org: string | null;
}

export interface Sampled {
  lead_id: string;
  company: string;
  received_at: string;
  matches: boolean;
  before: Outcome;
  after: Outcome;
}

export interface Share {
  person_id: string;
  name: string;
  before: number;
  after: number;
}

/** What past leads would have become under a draft. */
export interface DryRun {
  leads: number;
  matched: number;
  moved: number;
  sample: Sampled[];
  people: Share[];
}

interface Asked {
  id: string | null;
  draft: Draft;
  days: number;
}

interface Paths {
  '/api/routing-rules/dry-run': {
    post: {
      requestBody: { content: { 'application/json': Asked } };
      responses: { 200: { content: { 'application/json': DryRun } } };
    };
  };
}

const planned = api as unknown as ReturnType<typeof createClient<Paths>>;

export const dryRun = (asked: Asked): Promise<DryRun> => body(planned.POST('/api/routing-rules/dry-run', { body: asked }));
