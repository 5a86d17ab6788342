import { Button } from 'antd';
import { useRef } from 'react';

interface Props {
  label: string;
  accept: string;
  onPick: (file: File) => void;
}

/** A button that asks for a file; browsers' own file fields speak the browser's language. */
export function FilePick({ label, accept, onPick }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{label}</Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        // Ant Design's forms show every file field that is merely `hidden`.
        style={{ display: 'none' }}
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onPick(file);
          event.target.value = '';
        }}
      />
    </>
  );
}
