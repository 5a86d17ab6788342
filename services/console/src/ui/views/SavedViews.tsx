import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { SetURLSearchParams } from 'react-router';

import { type Screen, type View, viewsQuery } from '../../api/views';
import { ViewDoings } from './ViewDoings';
import { ViewForm } from './ViewForm';
import { ALL, filtersOf, openOf, opened, sameFilters, startOf, unfiltered } from './address';

interface Props {
  screen: Screen;
  search: [URLSearchParams, SetURLSearchParams];
}

/** One's own views of a list: filters under a name. They are opened, kept, renamed, made the default and deleted here. */
export function SavedViews({ screen, search: [params, setParams] }: Props) {
  const { t } = useTranslation();
  const views = useQuery(viewsQuery(screen));
  const [naming, setNaming] = useState<'new' | View | null>(null);
  const open = (view: View | undefined) => setParams(view ? opened(view) : unfiltered(), { replace: true });
  useDefault(views.data, params, open);
  if (views.error && views.data === undefined) return <Button type="link" onClick={() => void views.refetch()}>{t('views.failed')}</Button>;
  const all = views.data ?? [];
  const active = openOf(all, params);
  const filtered = filtersOf(params) !== '';
  const changed = active ? !sameFilters(active, params) : filtered;
  const called = (view: View) => (view.is_default ? t('views.isDefault', { name: view.name }) : view.name);
  return (
    <>
      <Select<string>
        style={{ width: 150 }}
        aria-label={t('views.label')}
        loading={views.isPending}
        value={active?.id ?? (filtered ? null : ALL)}
        placeholder={t('views.unsaved')}
        onChange={(id) => open(all.find((view) => view.id === id))}
        labelRender={({ label }) => (active && changed ? t('views.changed', { name: active.name }) : label)}
        options={[{ value: ALL, label: t('views.all') }, ...all.map((view) => ({ value: view.id, label: called(view) }))]}
      />
      {filtered && changed ? <Button onClick={() => setNaming('new')}>{t('views.save')}</Button> : null}
      {active ? <ViewDoings view={active} filters={filtersOf(params)} changed={changed} rename={() => setNaming(active)} removed={() => open(undefined)} /> : null}
      {naming ? (
        <ViewForm screen={screen} view={naming === 'new' ? null : naming} filters={filtersOf(params)} close={() => setNaming(null)} onSaved={(view) => (naming === 'new' ? open(view) : undefined)} />
      ) : null}
    </>
  );
}

/** Opens the default view once, when the screen is opened for its own sake: not for a record on it, nor for a filter. */
function useDefault(views: readonly View[] | undefined, params: URLSearchParams, open: (view: View) => void): void {
  const { id } = useParams();
  const decided = useRef(false);
  useEffect(() => {
    if (views === undefined || decided.current) return;
    decided.current = true;
    const start = id === undefined ? startOf(views, params) : undefined;
    if (start) open(start);
  });
}
