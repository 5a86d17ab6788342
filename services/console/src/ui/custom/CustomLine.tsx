import type { Customised } from '../../api/customFields';
import { labelled } from '../punctuated';
import { labelOf } from './said';
import { useCustomFields } from './useCustomFields';
import { CustomValue } from './useCustomItems';
import { shownOf } from './values';

/** What a record holds in the organisation's own fields, in one line of a list; nothing where it holds nothing. */
export function CustomLine({ resource, custom }: { resource: Customised; custom: object | undefined }) {
  const { all, query } = useCustomFields(resource);
  const held = query.isPending ? [] : shownOf(all, custom).filter(({ value }) => value !== undefined);
  if (held.length === 0) return null;
  return (
    <p className="row">
      {held.map((shown) => (
        <span key={shown.key}><span className="soft">{labelled(shown.field ? labelOf(shown.field) : shown.key)}</span><CustomValue of={shown} /></span>
      ))}
    </p>
  );
}
