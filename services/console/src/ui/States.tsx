import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { type Problem, asProblem } from '../api/problem';

type Picture = 'empty' | 'locked' | 'broken' | 'gone' | 'offline';

const PICTURES: Record<Picture, ReactNode> = {
  empty: <path d="M6 14l4-8h16l4 8v14H6zM6 14h7l2 4h6l2-4h7" />,
  locked: <path d="M9 16h18v13H9zM13 16v-5a5 5 0 0 1 10 0v5M18 21v3" />,
  broken: <path d="M18 5L4 30h28zM18 14v8M18 26v.5" />,
  gone: <path d="M16 6a10 10 0 1 0 0 20a10 10 0 0 0 0-20M23.500 23.500L31 31" />,
  offline: <path d="M4 14a20 20 0 0 1 28 0M9 20a13 13 0 0 1 18 0M14 25a6 6 0 0 1 8 0M5 5l26 26" />,
};

interface StateProps {
  picture: Picture;
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  code?: string | undefined;
}

/** What stands where content would be. */
export function State({ picture, title, hint, action, code }: StateProps) {
  return (
    <div className="state" role={picture === 'empty' ? undefined : 'alert'}>
      <svg viewBox="0 0 36 36" aria-hidden="true">{PICTURES[picture]}</svg>
      <strong>{title}</strong>
      {hint ? <p>{hint}</p> : null}
      {action}
      {code ? <code>{code}</code> : null}
    </div>
  );
}

export function Empty({ title, hint, action }: { title?: string; hint?: ReactNode; action?: ReactNode }) {
  const { t } = useTranslation();
  return <State picture="empty" title={title ?? t('state.empty')} hint={hint} action={action} />;
}

export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="state" style={{ alignItems: 'stretch' }} role="status" aria-label={t('state.loading')}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** A failure that fills the place of what could not be shown. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const again = retry ? <Button onClick={retry}>{t('state.retry')}</Button> : undefined;
  if (problem.status === 403) return <State picture="locked" title={t('state.forbidden')} hint={t('state.forbiddenHint')} />;
  if (problem.status === 404) return <State picture="gone" title={t('state.notFound')} hint={t('state.notFoundHint')} />;
  if (problem.isUnreachable) {
    return <State picture="offline" title={t('state.offline')} hint={t('state.offlineHint')} action={again} />;
  }
  const trace = problem.traceId ? `${problem.code} · ${problem.traceId}` : problem.code;
  return <State picture="broken" title={t('state.failed')} hint={say(problem, t('state.failedHint'))} action={again} code={trace} />;
}

/** One sentence about a problem. */
export function say(problem: Problem, otherwise: string): string {
  return problem.title === '' ? otherwise : problem.title;
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

interface AnswerProps<T> {
  of: Asked<T>;
  rows?: number;
  empty?: ReactNode;
  isEmpty?: (data: T) => boolean;
  children: (data: T) => ReactNode;
}

/** Shows what was asked for, or the state it is in. What is already there stays while it is asked for again. */
export function Answer<T>({ of, rows, empty, isEmpty, children }: AnswerProps<T>) {
  if (of.data !== undefined) return isEmpty?.(of.data) ? (empty ?? <Empty />) : children(of.data);
  if (of.error) return <Failed error={of.error} retry={() => void of.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
