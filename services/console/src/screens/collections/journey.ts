/** The five nodes from the invoice application to the money in the bank. */
export const NODES = [1, 2, 3, 4, 5] as const;

/** People reach this node at most; the last one is reached by the bank's payment. */
export const LAST_BY_HAND = 4;

/** What proves each node, in the process definition's words, and which carriers count. */
export const PROOF = {
  1: { name: 'invoice_application', kinds: ['link', 'file'] },
  2: { name: 'invoice_receipt', kinds: ['file', 'link', 'message'] },
  3: { name: 'purchasing_order_no', kinds: ['text', 'file', 'link', 'message'] },
  4: { name: 'payment_voucher', kinds: ['file', 'link', 'message'] },
} as const;

export type HandNode = keyof typeof PROOF;

/** The node after this one, when a person can reach it. */
export function nextNode(node: number): HandNode | null {
  const next = node + 1;
  return next in PROOF ? (next as HandNode) : null;
}

/** So long without moving on is a stall. */
export const STALLED_AFTER_HOURS = 48;

const HOUR_MS = 3_600_000;

export function hoursAtNode(movedAt: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - new Date(movedAt).getTime()) / HOUR_MS));
}
