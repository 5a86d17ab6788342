import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { hasRole, useMe } from '../../app/session';
import { now } from '../../ui/clock';
import { PageHead } from '../../ui/Page';
import { useToday } from '../../ui/useToday';
import { AgeingFigures } from '../collections/AgeingFigures';
import { DaysFields } from '../../ui/dates/DateFields';
import '../collections/collections.css';
import { Dwell } from './Dwell';
import { Funnel } from './Funnel';
import { FirstPass } from './FirstPass';
import { Quality } from './Quality';
import { Resolution } from './Resolution';
import { PRESETS, type Period, type Preset, periodOf, presetOf } from './period';
import './reports.css';

/** What came of the leads, where opportunities stay, and how well visits go; every figure leads to its records. */
export function Reports() {
  const { t } = useTranslation();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const today = useToday();
  const period = useMemo(() => periodOf(params, now()), [params, today]);
  const money = hasRole(me, ['sales_rep', 'sales_manager', 'sales_director', 'finance', 'operations', 'auditor']);
  const visits = hasRole(me, ['sales_rep', 'sales_manager', 'sales_director', 'sales_coach', 'auditor']);
  const deliveries = !hasRole(me, ['sales_coach']);
  return (
    <>
      <PageHead title={t('nav.reports')} hint={t('reports.hint')} extra={<PeriodFields period={period} change={(next) => setParams({ ...next }, { replace: true })} />} />
      <div className="reports">
        <Funnel period={period} />
        <Dwell period={period} />
        {visits ? <Quality period={period} /> : null}
        {visits ? <Resolution period={period} /> : null}
        {deliveries ? <FirstPass period={period} /> : null}
      </div>
      {money ? <div style={{ marginTop: 14 }}><h2 className="report-title">{t('collections.ageing.title')}</h2><AgeingFigures /></div> : null}
    </>
  );
}

function PeriodFields({ period, change }: { period: Period; change: (period: Period) => void }) {
  const { t } = useTranslation();
  const chosen = PRESETS.find((preset) => JSON.stringify(presetOf(preset, now())) === JSON.stringify(period));
  return (
    <div className="row" role="search">
      <Segmented<Preset | 'own'>
        aria-label={t('reports.period')}
        value={chosen ?? 'own'}
        onChange={(value) => { if (value !== 'own') change(presetOf(value, now())); }}
        options={[...PRESETS.map((value) => ({ value, label: t(`reports.preset.${value}`) })), ...(chosen ? [] : [{ value: 'own' as const, label: t('reports.preset.own') }])]}
      />
      <DaysFields {...period} labels={{ from: t('reports.from'), until: t('reports.until') }} change={change} />
    </div>
  );
}
