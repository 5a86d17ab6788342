import { type Ref, useRef } from 'react';

import type { Mistake } from './text';

interface Props {
  ref: Ref<HTMLTextAreaElement>;
  value: string;
  mistakes: readonly Mistake[];
  readOnly: boolean;
  label: string;
  onChange: (text: string) => void;
}

/** A plain text field with line numbers; lines that are wrong are marked. */
export function YamlEditor({ ref, value, mistakes, readOnly, label, onChange }: Props) {
  const gutter = useRef<HTMLOListElement>(null);
  const wrong = new Map(mistakes.map(({ line, reason }) => [line, reason]));
  const count = value.split('\n').length;
  return (
    <div className="yaml">
      <ol ref={gutter} aria-hidden="true">
        {Array.from({ length: count }, (_, at) => (
          <li key={at} className={wrong.has(at + 1) ? 'wrong' : undefined} title={wrong.get(at + 1)}>{at + 1}</li>
        ))}
      </ol>
      <textarea
        ref={ref}
        value={value}
        readOnly={readOnly}
        spellCheck={false}
        wrap="off"
        aria-label={label}
        aria-invalid={mistakes.length > 0}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
