import { queryOptions } from '@tanstack/react-query';

import { api, body, once, seen } from './client';
import type { components } from './schema';

type Schema = components['schemas'];
export type CustomField = Schema['CustomField'];
export type NewCustomField = Schema['NewCustomField'];
export type CustomFieldChange = Schema['CustomFieldChange'];
/** What can have fields of the organisation's own. */
export type Customised = CustomField['resource'];

/** Values by the keys of their fields, as records have them; in a change null removes. */
export type Custom = Record<string, string | number | boolean | null>;

export const CUSTOMISED = ['customer', 'opportunity', 'visit', 'lead', 'quote'] as const satisfies readonly Customised[];

export type Service = 'crm' | 'lead-routing' | 'quote-contract';
const SERVICES: Record<Customised, Service> = { customer: 'crm', opportunity: 'crm', visit: 'crm', lead: 'lead-routing', quote: 'quote-contract' };

const FOLLOWED: Record<Service, string> = { crm: 'crm_custom_field', 'lead-routing': 'lead_routing_custom_field', 'quote-contract': 'quote_contract_custom_field' };

/** Who keeps the records, and the definitions of their fields. */
export const serviceOf = (resource: Customised): Service => SERVICES[resource];

/** Each of these services answers the same under its own name. */
const at = <Rest extends '' | '/{id}'>(service: Service, rest: Rest) => `/api/custom-fields/${service}${rest}` as `/api/custom-fields/crm${Rest}`;

export const customFieldsKey = ['custom-fields'] as const;

/** Every field that a service keeps, also retired ones, as they follow each other. */
export const customFieldsQuery = (service: Service) =>
  queryOptions({
    queryKey: [...customFieldsKey, service],
    staleTime: 60_000,
    meta: { follows: [FOLLOWED[service]] },
    queryFn: () => body(api.GET(at(service, ''))),
  });

export const addCustomField = (draft: NewCustomField, key: string): Promise<CustomField> => body(api.POST(at(serviceOf(draft.resource), ''), { headers: once(key), body: draft }));

export const changeCustomField = ({ id, resource }: Pick<CustomField, 'id' | 'resource'>, version: number, change: CustomFieldChange, key: string): Promise<CustomField> =>
  body(api.PATCH(at(serviceOf(resource), '/{id}'), { params: { path: { id } }, headers: seen(version, key), body: change }));
