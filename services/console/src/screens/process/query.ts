import { queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components } from '../../api/schema';

type Schema = components['schemas'];
export type Definition = Schema['DefinitionView'];
export type Report = Schema['Report'];
export type Transition = Schema['TransitionReport'];

/** Services that run processes. */
export const SERVICES = ['crm', 'lead-routing', 'quote-contract', 'collections'] as const;
export type Service = (typeof SERVICES)[number];

/** Each of these services answers the same under its own name. */
type Any = '/api/process/crm';
const at = <Rest extends string>(service: Service, rest: Rest) => `/api/process/${service}${rest}` as `${Any}${Rest}`;

const follows = ['crm_process', 'lead_routing_process', 'quote_contract_process', 'collections_process'];

export interface Name {
  service: Service;
  name: string;
}

/** Every process there is, with who runs it. */
export const processesQuery = queryOptions({
  queryKey: ['processes'],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Name[]> => {
    const lists = await Promise.all(SERVICES.map(async (service) => (await body(api.GET(at(service, '/definitions')))).map((name) => ({ service, name }))));
    return lists.flat();
  },
});

export const definitionQuery = ({ service, name }: Name) =>
  queryOptions({
    queryKey: ['processes', service, name],
    meta: { follows },
    queryFn: () => body(api.GET(at(service, '/definitions/{name}'), { params: { path: { name } } })),
  });

export const versionQuery = ({ service, name }: Name, version: number) =>
  queryOptions({
    queryKey: ['processes', service, name, version],
    staleTime: Infinity,
    queryFn: () => body(api.GET(at(service, '/definitions/{name}/versions/{version}'), { params: { path: { name, version } } })),
  });

export const validate = (service: Service, yaml: string) => body(api.POST(at(service, '/validate'), { body: { yaml } }));
export const dryRun = (service: Service, yaml: string) => body(api.POST(at(service, '/dry-run'), { body: { yaml } }));
export const publish = (service: Service, yaml: string, headers: Record<string, string>) => body(api.POST(at(service, '/publish'), { headers, body: { yaml } }));
