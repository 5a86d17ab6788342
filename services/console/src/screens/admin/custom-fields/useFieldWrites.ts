import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';

import { type CustomField, changeCustomField, customFieldsKey, customFieldsQuery, serviceOf } from '../../../api/customFields';
import type { Problem } from '../../../api/problem';
import { useWrite } from '../../../api/useWrite';
import { labelOf } from '../../../ui/custom/said';
import { type Placed, reordered } from '../../../ui/placing';

export type FieldWrites = ReturnType<typeof useFieldWrites>;

/** What is done to fields with one click, from their list. */
export function useFieldWrites() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const onError = (problem: Problem) => {
    void client.invalidateQueries({ queryKey: customFieldsKey });
    // Whoever clicked has not seen the other's change: they look again before anything is overwritten.
    if (problem.isStale) void message.warning(t('custom.admin.changedMeanwhile'));
  };
  const retire = useWrite({
    send: ({ field, retired }: { field: CustomField; retired: boolean }, key) => changeCustomField(field, field.version, { retired }, key),
    refreshes: [customFieldsKey],
    onDone: (field) => void message.success(t(field.retired ? 'custom.admin.retireDone' : 'custom.admin.reviveDone', { name: labelOf(field) })),
  });
  const place = useWrite({
    send: placeAll,
    // Their new order is known at once, so that the next move need not wait for the list.
    onDone: (placed) => {
      const service = placed[0] && serviceOf(placed[0].resource);
      if (service) client.setQueryData(customFieldsQuery(service).queryKey, (known) => known && reordered(known, placed));
    },
  });
  return {
    retire: (field: CustomField, retired: boolean) => retire.mutate({ field, retired }, { onError }),
    place: (placed: Placed<CustomField>[], done: () => void) => place.mutate(placed, { onError, onSuccess: done }),
    busy: retire.isPending || place.isPending,
    refused: [retire.error, place.error].find((problem) => problem && !problem.isStale) ?? null,
  };
}

async function placeAll(placed: readonly Placed<CustomField>[], key: string): Promise<CustomField[]> {
  const changed: CustomField[] = [];
  for (const { item, position } of placed) changed.push(await changeCustomField(item, item.version, { position }, `${key}/${item.id}`));
  return changed;
}
