import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { type Custom, type CustomField, type Customised, customFieldsQuery, serviceOf } from '../../api/customFields';
import type { CustomName } from '../FormDialog';
import { type TypedCustom, changesOf, customOf, liveOf, ofResource } from './values';

const NONE: readonly CustomField[] = [];

/** The fields that the organisation gave a kind of record. */
export function useCustomFields(resource: Customised) {
  const query = useQuery(customFieldsQuery(serviceOf(resource)));
  const all = useMemo(() => ofResource(query.data ?? NONE, resource), [query.data, resource]);
  const live = useMemo(() => liveOf(all), [all]);
  return { all, live, query };
}

/** What a form part has beside its own: an object of typed values. */
export interface WithCustom {
  custom?: TypedCustom;
}

/** What a form needs of them: the names it knows, and what it sends. */
export function useCustomForm(resource: Customised) {
  const { live } = useCustomFields(resource);
  return {
    live,
    names: live.map(({ key }): CustomName => `custom.${key}`),
    given: ({ custom }: WithCustom): Custom => customOf(live, custom),
    changed: ({ custom }: WithCustom, before: object | undefined): Custom => changesOf(live, custom, before),
  };
}
