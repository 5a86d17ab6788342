import { type UseQueryResult, useQueries } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import { type Me, type Role, hasRole } from '../../app/session';
import { type Todo, sorted, todoOfLead } from './todo';
import { now } from '../../ui/clock';

/** Where to-dos come from: one list of one service, for the roles that have it. */
interface Source {
  key: string;
  follows: readonly string[];
  roles: readonly Role[];
  load: (me: Me) => Promise<Todo[]>;
}

const OWNERS: readonly Role[] = ['sales_rep', 'store_guide', 'sales_manager', 'sales_director'];
const LEADERS: readonly Role[] = ['sales_manager', 'sales_director', 'operations'];
const LIMIT = 50;

const leads = async (query: { owner?: string; state: 'assigned' | 'touched' | 'screened' | 'unassigned' }) => {
  const page = await body(api.GET('/api/leads', { params: { query: { ...query, limit: LIMIT } } }));
  return page.items.map(todoOfLead).filter((todo) => todo !== null);
};

const SOURCES: readonly Source[] = [
  { key: 'assigned', follows: ['lead'], roles: OWNERS, load: (me) => leads({ owner: me.id, state: 'assigned' }) },
  { key: 'touched', follows: ['lead'], roles: OWNERS, load: (me) => leads({ owner: me.id, state: 'touched' }) },
  { key: 'screened', follows: ['lead'], roles: OWNERS, load: (me) => leads({ owner: me.id, state: 'screened' }) },
  { key: 'pool', follows: ['lead'], roles: LEADERS, load: () => leads({ state: 'unassigned' }) },
  {
    key: 'actions',
    follows: ['action'],
    roles: OWNERS,
    load: async (me) => {
      const query = { rep_id: me.id, done: false, limit: LIMIT };
      const page = await body(api.GET('/api/actions', { params: { query } }));
      return page.items.map((about) => ({ kind: 'action', about }));
    },
  },
  {
    key: 'approvals',
    follows: ['approval', 'quote', 'contract'],
    roles: ['sales_manager', 'sales_director', 'finance', 'legal', 'product_manager', 'product_director', 'technical_director', 'technical_lead'],
    load: async () => {
      const page = await body(api.GET('/api/approvals'));
      return page.items.map((about) => ({ kind: 'approval', about }));
    },
  },
  {
    key: 'receivables',
    follows: ['receivable'],
    roles: ['sales_rep', 'sales_manager', 'sales_director', 'finance'],
    load: async (me) => {
      const own = hasRole(me, ['sales_rep']) ? { owner_id: me.id } : {};
      const steps = await body(api.GET('/api/receivables/next-steps', { params: { query: { ...own, limit: LIMIT } } }));
      return steps.map((about) => ({ kind: 'receivable', about }));
    },
  },
  {
    key: 'requests',
    follows: ['delivery_request'],
    roles: ['delivery_manager', 'technical_lead', 'technical_director', 'product_manager', 'product_director'],
    load: async () => {
      const states = ['filed', 'taken'] as const;
      const pages = await Promise.all(
        states.map((state) => body(api.GET('/api/deliveries/requests', { params: { query: { state, limit: LIMIT } } }))),
      );
      return pages.flatMap((page) => page.items.map((about) => ({ kind: 'request', about })));
    },
  },
  {
    key: 'answers',
    follows: ['review'],
    roles: ['sales_rep', 'store_guide'],
    load: async (me) => {
      const query = { state: 'waiting_answer' as const, rep_id: me.id, limit: LIMIT };
      const page = await body(api.GET('/api/reviews', { params: { query } }));
      return page.items.map((about) => ({ kind: 'answer', about }));
    },
  },
  {
    key: 'practices',
    follows: ['practice'],
    roles: ['sales_rep', 'store_guide'],
    load: async (me) => {
      const page = await body(api.GET('/api/practices', { params: { query: { state: 'assigned', limit: LIMIT } } }));
      return page.items.filter(({ rep_id }) => rep_id === me.id).map((about) => ({ kind: 'practice', about }));
    },
  },
  {
    key: 'reviews',
    follows: ['review'],
    roles: ['sales_coach'],
    load: async () => {
      const queue = await body(api.GET('/api/reviews/queue', { params: { query: { limit: LIMIT } } }));
      return queue.map((about) => ({ kind: 'review', about }));
    },
  },
  {
    key: 'promises',
    follows: ['delivery'],
    roles: ['delivery_manager', 'production_planner'],
    load: async () => {
      const page = await body(api.GET('/api/deliveries', { params: { query: { light: 'red', limit: LIMIT } } }));
      return page.items.filter(({ state }) => state !== 'delivered').map((about) => ({ kind: 'promise', about }));
    },
  },
];

/** Everything that waits for somebody: what a service cannot say just now is told beside what the others said. */
export function useTodos(me: Me) {
  const mine = SOURCES.filter((source) => hasRole(me, source.roles));
  return useQueries({
    queries: mine.map((source) => ({
      queryKey: ['todos', source.key],
      meta: { follows: source.follows },
      refetchInterval: 60_000,
      queryFn: (): Promise<Todo[]> => source.load(me),
    })),
    combine: gather,
  });
}

function gather(results: UseQueryResult<Todo[]>[]) {
  return {
    todos: sorted(results.flatMap((result) => result.data ?? []), now()),
    isPending: results.some((result) => result.isPending),
    failed: results.find((result) => result.error !== null && result.data === undefined)?.error ?? null,
    refetch: () => void Promise.all(results.map((result) => result.refetch())),
  };
}
