import { queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components } from '../../api/schema';
import type { Role } from '../../app/session';

export type Approval = components['schemas']['ApprovalView'];
export type Step = components['schemas']['ApprovalStepView'];

export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', id],
    meta: { follows: ['approval', 'quote', 'contract'] },
    queryFn: () => body(api.GET('/api/approvals/{id}', { params: { path: { id } } })),
  });

interface Person {
  id: string;
  roles: readonly Role[];
}

const isAsked = (step: Step) => step.state === 'waiting' && Boolean(step.asked_at);

/** The seat that waits for somebody: their own, or one of their role that they may take. Nobody decides their own request. */
export function seatOf(approval: Pick<Approval, 'status' | 'submitter' | 'steps'>, me: Person): Step | undefined {
  if (approval.status !== 'pending' || approval.submitter === me.id) return undefined;
  const asked = approval.steps.filter(isAsked);
  return asked.find((step) => step.approver === me.id) ?? asked.find((step) => me.roles.includes(step.role));
}
