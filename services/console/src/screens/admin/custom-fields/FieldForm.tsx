import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { type CustomField, type Customised, addCustomField, changeCustomField, customFieldsKey, customFieldsQuery, serviceOf } from '../../../api/customFields';
import { Problem } from '../../../api/problem';
import { Conflict } from '../../../ui/Conflict';
import type { Difference } from '../../../ui/ConflictDialog';
import { labelOf } from '../../../ui/custom/said';
import { FormDialog } from '../../../ui/FormDialog';
import { positionAfter } from '../../../ui/placing';
import { listed } from '../../../ui/punctuated';
import { useConflict } from '../../../ui/useConflict';
import { FieldInputs } from './FieldInputs';
import { choicesOf } from './choices';
import { type Typed, changeOf, draftOf, startOf } from './draft';
import { refusalOf } from './refusal';

interface Props {
  resource: Customised;
  /** None for a new one. */
  field: CustomField | null;
  all: readonly CustomField[];
  close: () => void;
}

/** Adds a field, or changes what may still change of one. */
export function FieldForm({ resource, field, all, close }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { version, conflict, onRefused } = useConflict<Typed, CustomField>(field?.version ?? 0, close);
  const send = (typed: Typed, key: string): Promise<CustomField> => {
    const sent = field ? changeCustomField(field, version, changeOf(typed, field), key) : addCustomField(draftOf(typed, resource, positionAfter(all)), key);
    const words = { choice: (choice: string, reason: string) => t('custom.admin.choiceWrong', { choice, reason }), taken: t('custom.admin.keyTaken') };
    return sent.catch((thrown: unknown) => {
      throw thrown instanceof Problem ? refusalOf(thrown, choicesOf(typed.choices ?? ''), words) : thrown;
    });
  };
  const newest = async () => {
    const found = (await client.fetchQuery({ ...customFieldsQuery(serviceOf(resource)), staleTime: 0 })).find(({ id }) => id === field?.id);
    if (!found) throw new Problem(404, 'not_found', '');
    return found;
  };
  const differences = (mine: Typed, theirs: CustomField): Difference[] => {
    const other = startOf(theirs);
    const choices = (typed: Typed) => listed(choicesOf(typed.choices ?? ''));
    const needed = (required: boolean) => t(required ? 'custom.admin.required' : 'custom.admin.optional');
    return [
      { field: t('custom.admin.zh'), mine: mine.label.zh, theirs: other.label.zh },
      { field: t('custom.admin.en'), mine: mine.label.en ?? '', theirs: other.label.en ?? '' },
      { field: t('custom.admin.choices'), mine: choices(mine), theirs: choices(other) },
      { field: t('custom.admin.required'), mine: needed(mine.required), theirs: needed(other.required) },
    ];
  };
  return (
    <>
      <FormDialog<Typed, CustomField>
        open
        close={close}
        title={field ? t('custom.admin.change', { name: labelOf(field) }) : t('custom.admin.addTo', { resource: t(`custom.of.${resource}`) })}
        fields={['label', 'key', 'type', 'choices', 'required']}
        initial={startOf(field)}
        refreshes={[customFieldsKey]}
        send={send}
        {...(field ? { onRefused: onRefused(newest) } : {})}
      >
        <FieldInputs field={field} />
      </FormDialog>
      <Conflict of={conflict} fields={differences} />
    </>
  );
}
