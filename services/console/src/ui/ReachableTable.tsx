import { type ReactNode, useEffect, useRef } from 'react';

/** Around a table that may be wider than the screen and has nothing to focus in it: the keyboard can scroll it. */
export function ReachableTable({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The component library draws the scrolling element and takes no attributes for it.
    for (const scrolling of box.current?.querySelectorAll<HTMLElement>('.ant-table-content') ?? []) {
      scrolling.tabIndex = 0;
      scrolling.setAttribute('role', 'region');
      scrolling.setAttribute('aria-label', label);
    }
  });
  return <div ref={box}>{children}</div>;
}
