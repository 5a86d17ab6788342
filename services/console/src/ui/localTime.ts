const two = (value: number) => String(value).padStart(2, '0');

/** The day of a moment in the person's zone. */
export function dayOf(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** A moment as `<input type="datetime-local">` writes it, in the person's zone. */
export function toLocalInput(at: Date): string {
  return `${dayOf(at)}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What was typed, as a moment; undefined when nothing was. */
export function fromLocalInput(typed: string | undefined): string | undefined {
  if (!typed) return undefined;
  const at = new Date(typed);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
