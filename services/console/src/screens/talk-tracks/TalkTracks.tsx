import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { type Me, hasRole, useMe } from '../../app/session';
import { PageHead } from '../../ui/Page';
import { Candidates } from './Candidates';
import { Facts } from './Facts';
import { Objections } from './Objections';
import { Sheets } from './Sheets';
import { TrackList } from './TrackList';
import { WRITERS } from './query';
import './talk-tracks.css';

const TABS = ['tracks', 'objections', 'candidates', 'sheets', 'facts'] as const;
type Tab = (typeof TABS)[number];

/** Candidates come from recordings, which coaches hear. */
function tabsOf(me: Me): readonly Tab[] {
  return TABS.filter((tab) => tab !== 'candidates' || hasRole(me, ['sales_coach']));
}

/** The library: what to say to an objection, how we compare, and the numbers that must be right. */
export function TalkTracks() {
  const { t } = useTranslation();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const tabs = tabsOf(me);
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'tracks';
  const writes = hasRole(me, WRITERS);
  return (
    <>
      <PageHead title={t('talkTracks.title')} hint={t('talkTracks.hint')} />
      <div className="tabs">
        <Segmented<Tab> aria-label={t('talkTracks.title')} value={tab} options={tabs.map((value) => ({ value, label: t(`talkTracks.tab.${value}`) }))} onChange={(to) => setParams({ tab: to })} />
      </div>
      {tab === 'tracks' ? <TrackList writes={writes} /> : null}
      {tab === 'objections' ? <Objections writes={writes} /> : null}
      {tab === 'candidates' ? <Candidates /> : null}
      {tab === 'sheets' ? <Sheets writes={writes} /> : null}
      {tab === 'facts' ? <Facts writes={writes} /> : null}
    </>
  );
}
