import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { customerQuery, visitQuery } from './query';

const KEPT_MS = 5 * 60_000;

/** A customer's name, asked for when it comes into sight. */
export function Company({ id }: { id: string }) {
  const { data } = useQuery({ ...customerQuery(id), staleTime: KEPT_MS });
  return <Link to={`/customers/${id}`}>{data?.company ?? '…'}</Link>;
}

/** Whose visit it was; nothing for those who may not see the visit. */
export function VisitedCompany({ visit }: { visit: string }) {
  const { data } = useQuery({ ...visitQuery(visit), staleTime: KEPT_MS, retry: false });
  return data ? <Company id={data.customer_id} /> : null;
}
