import type { ReactNode } from 'react';
import './tag.css';

export type Colour = 'grey' | 'blue' | 'cyan' | 'geekblue' | 'green' | 'orange' | 'red';

interface Props {
  colour?: Colour;
  title?: string;
  children: ReactNode;
}

/** A word in colour. Lists draw one in every row; the component library's takes as long as the rest of the row. */
export function Tag({ colour = 'grey', title, children }: Props) {
  return <span className={`word ${colour}`} title={title}>{children}</span>;
}
