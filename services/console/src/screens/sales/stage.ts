import type { components } from '../../api/schema';

type Move = components['schemas']['MoveView'];
type Missing = Move['missing'][number];

/** The way to an order; an opportunity may be lost at any point of it. */
export const PATH = ['first_contact', 'needs', 'proposal_quote', 'negotiation', 'won'] as const;

/** How what is missing can be given here; null when it comes from somewhere else. */
export type Supply = 'visit' | 'budget.customer_stated' | 'budget.cost_floor' | 'budget.authorised_range' | 'evidence' | 'pain';

const SUPPLIES: Record<string, Supply> = {
  decision_chain: 'visit',
  'budgets.customer_stated': 'budget.customer_stated',
  'budgets.cost_floor': 'budget.cost_floor',
  'budgets.authorised_range': 'budget.authorised_range',
  pain: 'pain',
};

export function supplyOf(missing: Missing): Supply | null {
  const known = SUPPLIES[missing.field];
  if (known) return known;
  // The signed contract comes by itself, when it is signed.
  return missing.code.startsWith('evidence') && missing.field !== 'signed_contract' ? 'evidence' : null;
}

/** What really keeps the gate shut: a reason is asked for when the move is made. */
export function blockersOf(move: Move): Missing[] {
  return move.missing.filter((missing) => missing.field !== 'reason');
}

/** True when the move asks for a reason. */
export function asksReason(move: Move): boolean {
  return move.to === 'lost' || move.missing.some((missing) => missing.field === 'reason');
}

/** The ways on, nearest first; giving up comes last. */
export function ordered(moves: readonly Move[], stage: string): Move[] {
  const place = (to: string) => {
    if (to === 'lost') return 99;
    const [at, from] = [PATH.indexOf(to as never), PATH.indexOf(stage as never)];
    return at > from ? at : 50 + at;
  };
  return [...moves].sort((one, other) => place(one.to) - place(other.to));
}
