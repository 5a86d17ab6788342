import { Input } from 'antd';
import { useEffect, useState } from 'react';

interface Props {
  label: string;
  width: number;
  /** What is searched for now; it may change from elsewhere, such as when a view is opened. */
  value: string;
  onSearch: (text: string) => void;
}

/** A field to search with: what is typed counts when it is sent. */
export function SearchField({ label, width, value, onSearch }: Props) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return <Input.Search allowClear style={{ width }} placeholder={label} aria-label={label} value={typed} onChange={(event) => setTyped(event.target.value)} onSearch={onSearch} />;
}
