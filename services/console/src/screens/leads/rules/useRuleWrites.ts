import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../../api/problem';
import { useWrite } from '../../../api/useWrite';
import { type Placed, reordered } from '../../../ui/placing';
import { draftOf } from './draft';
import { type Rule, changeRule, removeRule, rulesQuery } from './query';

const REFRESHES = [rulesQuery.queryKey];

/** What is done to rules with one click, from their list. */
export function useRuleWrites() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  // Whoever clicked has not seen the other's change: they look again before anything is overwritten.
  const onError = (problem: Problem) => {
    if (!problem.isStale) return;
    void client.invalidateQueries({ queryKey: rulesQuery.queryKey });
    void message.warning(t('rules.changedMeanwhile'));
  };
  const enable = useWrite({
    send: ({ rule, enabled }: { rule: Rule; enabled: boolean }, key) => changeRule(rule.id, rule.version, { ...draftOf(rule), enabled }, key),
    refreshes: REFRESHES,
  });
  const place = useWrite({
    send: placeAll,
    // Their new order is known at once, so that the next move need not wait for the list.
    onDone: (placed) => client.setQueryData(rulesQuery.queryKey, (known) => known && reordered(known, placed)),
  });
  const remove = useWrite({
    send: (rule: Rule, key) => removeRule(rule.id, key),
    refreshes: REFRESHES,
    onDone: (_, { name }) => void message.success(t('rules.removed', { name })),
  });
  const refused = [enable.error, place.error, remove.error].find((problem) => problem && !problem.isStale) ?? null;
  return {
    enable: (rule: Rule, enabled: boolean) => enable.mutate({ rule, enabled }, { onError }),
    place: (placed: Placed<Rule>[], done: () => void) => place.mutate(placed, { onError, onSuccess: done }),
    remove: (rule: Rule) => remove.mutate(rule, { onError }),
    busy: enable.isPending || place.isPending || remove.isPending,
    refused,
  };
}

async function placeAll(placed: readonly Placed<Rule>[], key: string): Promise<Rule[]> {
  const changed: Rule[] = [];
  for (const { item: rule, position } of placed) changed.push(await changeRule(rule.id, rule.version, { ...draftOf(rule), position }, `${key}/${rule.id}`));
  return changed;
}
