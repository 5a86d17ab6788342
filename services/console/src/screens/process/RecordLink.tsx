import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { api, body } from '../../api/client';
import { receivableQuery } from '../collections/query';
import { contractQuery } from '../contracts/query';
import { quoteQuery } from '../quotes/query';
import { opportunityQuery } from '../sales/query';
import type { Name } from './query';

/** A record of a process by its name, and where it is shown. */
export function RecordLink({ name, id }: { name: Name['name']; id: string }) {
  const { t } = useTranslation();
  const shown = SHOWN[name];
  const query = useQuery({ queryKey: ['process-record', name, id], staleTime: 60_000, retry: false, enabled: shown !== undefined, queryFn: ({ client }) => shown?.say(id, client) ?? null });
  const label = query.data ?? (query.error ? t('process.hiddenRecord') : '…');
  return shown && query.data ? <Link to={`${shown.path}/${id}`}>{label}</Link> : <span className="soft">{label}</span>;
}

const SHOWN: Record<string, { path: string; say: (id: string, client: QueryClient) => Promise<string> }> = {
  opportunity: { path: '/opportunities', say: async (id, client) => (await client.fetchQuery(opportunityQuery(id))).subject },
  lead: { path: '/leads', say: async (id) => (await body(api.GET('/api/leads/{id}', { params: { path: { id } } }))).company },
  quote: { path: '/quotes', say: async (id, client) => (await client.fetchQuery(quoteQuery(id))).number },
  contract: { path: '/contracts', say: async (id, client) => (await client.fetchQuery(contractQuery(id))).number },
  delivery: { path: '/deliveries', say: async (id) => { const { contract_number, company } = await body(api.GET('/api/deliveries/{id}', { params: { path: { id } } })); return `${company} ${contract_number}`; } },
  payment_journey: { path: '/collections', say: async (id, client) => { const found = await client.fetchQuery(receivableQuery(id)); return `${found.company} ${found.contract_number}`; } },
};
