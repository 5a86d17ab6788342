/** What scrolls sideways can be scrolled with the keyboard too, also when nothing in it can be focused. */
export function reachable(list: HTMLElement | null): void {
  for (const part of list?.querySelectorAll<HTMLElement>('.ant-table-content') ?? []) part.tabIndex = 0;
}
