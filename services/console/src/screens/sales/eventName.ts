import type { TFunction } from 'i18next';

/** What an event is called: `lead.assigned.v1` → "线索已分配". */
export function eventName(type: string, t: TFunction): string {
  const [aggregate = '', event = ''] = type.split('.');
  return t(`event.${aggregate}.${event}`, { defaultValue: type });
}
