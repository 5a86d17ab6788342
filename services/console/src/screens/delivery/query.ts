import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import type { components, paths } from '../../api/schema';

type Schema = components['schemas'];
export type Delivery = Schema['Delivery'];
export type DeliveryDetail = Schema['DeliveryDetail'];
export type DeliveryFilter = Partial<Pick<NonNullable<paths['/api/deliveries']['get']['parameters']['query']>, 'state' | 'light'>>;

const PAGE = 100;

export const deliveriesQuery = (filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', 'list', filter],
    meta: { follows: ['delivery'] },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => body(api.GET('/api/deliveries', { params: { query: { ...filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', id],
    meta: { follows: ['delivery'] },
    queryFn: () => body(api.GET('/api/deliveries/{id}', { params: { path: { id } } })),
  });
