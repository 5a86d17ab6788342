import { Typography } from 'antd';

/** So much of a hash is enough to tell two apart by eye. */
const SHOWN = 12;

/** A fingerprint: its beginning, and the whole of it to copy or to point at. */
export function Hash({ of, name }: { of: string; name?: string }) {
  return (
    <span className="hash nowrap">
      {name ? `${name} ` : null}
      <Typography.Text className="hash" title={of} copyable={{ text: of }}>{of.length > SHOWN ? `${of.slice(0, SHOWN)}…` : of}</Typography.Text>
    </span>
  );
}
