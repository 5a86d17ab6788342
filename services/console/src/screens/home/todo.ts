import type { components } from '../../api/schema';

type Schema = components['schemas'];

/** Something that waits for the person, with the record that it is about. */
export type Todo =
  | { kind: 'touch' | 'screen' | 'convert' | 'pool'; about: Schema['LeadView'] }
  | { kind: 'action'; about: Schema['ActionView'] }
  | { kind: 'approval'; about: Schema['ApprovalView'] }
  | { kind: 'receivable'; about: Schema['NextStepView'] }
  | { kind: 'request'; about: Schema['Request'] }
  | { kind: 'promise'; about: Schema['Delivery'] }
  | { kind: 'answer' | 'review'; about: Schema['ReviewView'] }
  | { kind: 'practice'; about: Schema['PracticeView'] };

export type TodoKind = Todo['kind'];
export type Urgency = 'over' | 'soon' | 'calm';

const SOON_MS = 24 * 3_600_000;

/** What a lead asks of its owner. */
export function todoOfLead(lead: Schema['LeadView']): Todo | null {
  switch (lead.state) {
    case 'assigned':
      return { kind: 'touch', about: lead };
    case 'touched':
      return { kind: 'screen', about: lead };
    case 'screened':
      return { kind: 'convert', about: lead };
    case 'unassigned':
      return { kind: 'pool', about: lead };
    default:
      return null;
  }
}

/** A day lasts until its end in China, where coaches name it. */
const endOf = (day: string) => `${day}T23:59:59+08:00`;

/** Until when it is to be done; null when nobody said. */
export function dueOf(todo: Todo): string | null {
  switch (todo.kind) {
    case 'touch':
      return todo.about.touch_due_at ?? null;
    case 'action':
      return todo.about.planned_at;
    case 'request':
      return todo.about.state === 'filed' ? todo.about.respond_by : todo.about.reply_by;
    case 'promise':
      return todo.about.promised_at ?? null;
    case 'practice':
      return endOf(todo.about.due);
    default:
      return null;
  }
}

export function urgencyOf(todo: Todo, now: Date): Urgency {
  if (todo.kind === 'receivable') return todo.about.overdue_hours > 0 ? 'over' : 'soon';
  if (todo.kind === 'promise') return 'over';
  if (todo.kind === 'approval') return 'soon';
  const due = dueOf(todo);
  if (due === null) return 'calm';
  const left = new Date(due).getTime() - now.getTime();
  if (left < 0) return 'over';
  return left < SOON_MS ? 'soon' : 'calm';
}

const ORDER: Record<Urgency, number> = { over: 0, soon: 1, calm: 2 };

/** Most urgent first, then by deadline. */
export function sorted(todos: readonly Todo[], now: Date): Todo[] {
  const dueTime = (todo: Todo) => new Date(dueOf(todo) ?? '9999-12-31').getTime();
  return [...todos].sort(
    (one, other) => ORDER[urgencyOf(one, now)] - ORDER[urgencyOf(other, now)] || dueTime(one) - dueTime(other),
  );
}

export function keyOf(todo: Todo): string {
  const id = todo.kind === 'receivable' ? todo.about.receivable_id : todo.about.id;
  return `${todo.kind}/${id}`;
}
