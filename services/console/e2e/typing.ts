import type { Locator } from 'playwright-core';

/** Types a day, or a moment, into a field with a calendar; it counts once the field is left. */
export async function typeDay(field: Locator, day: string): Promise<void> {
  await field.fill(day);
  await field.press('Tab');
}
