import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { Panel } from '../../ui/Page';
import { Answer, Empty } from '../../ui/States';
import { ComparisonTable } from './ComparisonTable';
import { SheetForm } from './SheetForm';
import { type Sheet, sheetsQuery } from './query';

/** How we compare with each competitor. */
export function Sheets({ writes }: { writes: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Sheet | 'new' | null>(null);
  const sheets = useInfiniteQuery(sheetsQuery);
  const all = sheets.data?.pages.flatMap((page) => page.items);
  const add = writes ? <Button size="small" type="primary" onClick={() => setOpen('new')}>{t('talkTracks.sheet.add')}</Button> : null;
  return (
    <>
      {add ? <div className="row" style={{ justifyContent: 'flex-end', marginBottom: 10 }}>{add}</div> : null}
      <Answer of={{ ...sheets, data: all }} isEmpty={(list) => list.length === 0} empty={<Panel><Empty title={t('talkTracks.sheet.none')} /></Panel>}>
        {(list) => <div className="stack">{list.map((sheet) => <One key={sheet.id} sheet={sheet} edit={writes ? () => setOpen(sheet) : null} />)}</div>}
      </Answer>
      {sheets.hasNextPage ? <Button size="small" loading={sheets.isFetchingNextPage} onClick={() => void sheets.fetchNextPage()}>{t('state.more')}</Button> : null}
      {open ? <SheetForm {...(open === 'new' ? {} : { sheet: open })} close={() => setOpen(null)} /> : null}
    </>
  );
}

function One({ sheet, edit }: { sheet: Sheet; edit: (() => void) | null }) {
  const { t } = useTranslation();
  const withdraw = useWrite({
    send: async (id: string, key) => {
      await api.DELETE('/api/comparison-sheets/{id}', { params: { path: { id } }, headers: once(key) });
    },
    refreshes: [['comparison-sheets']],
  });
  return (
    <Panel
      flush
      title={<>{sheet.competitor} {(sheet.aliases ?? []).map((alias) => <Tag key={alias}>{alias}</Tag>)}</>}
      extra={
        edit ? (
          <span className="row">
            <Button size="small" onClick={edit}>{t('form.edit')}</Button>
            <Popconfirm title={t('talkTracks.sheet.withdrawTitle')} okText={t('talkTracks.withdraw')} cancelText={t('form.cancel')} onConfirm={() => withdraw.mutate(sheet.id)}>
              <Button size="small" type="text" danger>{t('talkTracks.withdraw')}</Button>
            </Popconfirm>
          </span>
        ) : null
      }
    >
      <ComparisonTable rows={sheet.rows} successCase={sheet.success_case} />
    </Panel>
  );
}
