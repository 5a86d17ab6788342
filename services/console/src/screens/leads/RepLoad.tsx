import { useQuery } from '@tanstack/react-query';
import { Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import { useOrgName } from '../../api/directory';
import type { components } from '../../api/schema';
import { byName } from '../../ui/byName';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { repsQuery } from './forms';

type Rep = components['schemas']['RepView'];

/** How full a rep's hands are, fullest first. */
export function byLoad(reps: readonly Rep[]): Rep[] {
  const share = (rep: Rep) => (rep.open_limit > 0 ? rep.open / rep.open_limit : 0);
  return [...reps].sort((one, other) => share(other) - share(one) || byName(one.name, other.name));
}

export function RepLoad() {
  const { t } = useTranslation();
  const reps = useQuery(repsQuery);
  return (
    <Panel flush title={t('leads.reps.title')}>
      <Answer of={reps} isEmpty={(list) => list.length === 0} empty={<Empty title={t('leads.reps.none')} />}>
        {(list) => <div role="list">{byLoad(list).map((rep) => <Line key={rep.person_id} rep={rep} />)}</div>}
      </Answer>
    </Panel>
  );
}

function Line({ rep }: { rep: Rep }) {
  const { t } = useTranslation();
  const orgName = useOrgName();
  const share = rep.open_limit > 0 ? Math.min(100, Math.round((100 * rep.open) / rep.open_limit)) : 0;
  const load = t('leads.reps.open', { open: rep.open, limit: rep.open_limit });
  return (
    <div className="item" role="listitem">
      <div className="grow">
        <div className="row spread">
          <span>
            <span className="strong">{rep.name}</span> <span className="soft">{orgName(rep.org)}</span>
          </span>
          <span className="num soft">{t('leads.reps.today', { count: rep.assigned_today })}</span>
        </div>
        <Progress percent={share} size="small" showInfo={false} strokeColor={share >= 100 ? '#c5221f' : '#1f4ed8'} aria-label={`${rep.name} ${load}`} />
        <div className="row spread">
          <span className="soft num">{load}</span>
          <span>
            {rep.paused ? <Tag color="red">{t('leads.reps.paused')}</Tag> : null}
            {rep.travelling ? <Tag>{t('leads.reps.travelling')}</Tag> : null}
          </span>
        </div>
      </div>
    </div>
  );
}
