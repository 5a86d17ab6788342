import { useQueries } from '@tanstack/react-query';
import { Alert, Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { useWrite } from '../../api/useWrite';
import { hasRole, useMe } from '../../app/session';
import { FittingTable } from '../../ui/FittingTable';
import { Panel } from '../../ui/Page';
import { listed } from '../../ui/punctuated';
import { Empty, Failed, Loading, say } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { type Bilingual, bilingual } from '../../ui/bilingual';
import { eventName } from '../sales/eventName';

type Letter = components['schemas']['DeadLetterView'] & { of: Service };

const SERVICES = ['gateway', 'lead-routing', 'crm', 'quote-contract', 'delivery', 'collections', 'notifier', 'ai-qa', 'analytics'] as const;
type Service = (typeof SERVICES)[number];

/** Each service answers the same under its own name. */
const at = <Rest extends '' | '/{id}/replay'>(service: Service, rest: Rest) => `/api/dead-letters/${service}${rest}` as `/api/dead-letters/crm${Rest}`;

/** Events that a service could not handle, and the way to have them handled again. */
export function DeadLetters() {
  const { t } = useTranslation();
  const may = hasRole(useMe(), ['administrator']);
  const [service, setService] = useState<Service | null>(null);
  const answers = useQueries({
    queries: SERVICES.map((of) => ({
      queryKey: ['dead-letters', of],
      refetchInterval: 30_000,
      queryFn: async (): Promise<Letter[]> => (await body(api.GET(at(of, '')))).map((letter) => ({ ...letter, of })),
    })),
  });
  const replay = useWrite({
    send: ({ of, id }: Letter, key) => body(api.POST(at(of, '/{id}/replay'), { params: { path: { id } }, headers: once(key) })),
    refreshes: [['dead-letters']],
  });
  const failed = answers.map((answer, at) => ({ answer, service: SERVICES[at] })).filter(({ answer }) => answer.error && !answer.data);
  const letters = answers.flatMap((answer) => answer.data ?? []).filter((letter) => service === null || letter.of === service).sort((one, other) => other.failed_at.localeCompare(one.failed_at));
  if (failed.length === SERVICES.length) return <Failed error={failed[0]?.answer.error} />;
  return (
    <Panel flush>
      <div className="filters" role="search">
        <Select<Service> allowClear style={{ width: 180 }} aria-label={t('admin.letters.service')} placeholder={t('admin.letters.service')} value={service} onChange={(value: Service | undefined) => setService(value ?? null)} options={SERVICES.map((value) => ({ value, label: t(`service.${value}`) }))} />
        <span className="soft">{t('admin.letters.hint')}</span>
      </div>
      {failed.length > 0 ? <Alert type="warning" showIcon title={t('admin.letters.partly', { services: listed(failed.map((one) => t(`service.${one.service}`))) })} /> : null}
      {replay.error ? <Alert type="error" showIcon closable title={say(replay.error, t('state.failedHint'))} /> : null}
      {answers.some((answer) => answer.isPending) ? <Loading /> : letters.length === 0 ? <Empty title={t('admin.letters.none')} hint={t('admin.letters.noneHint')} /> : (
        <FittingTable<Letter>
          size="middle"
          rowKey="id"
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          dataSource={letters}
          columns={[
            { title: t('admin.letters.service'), dataIndex: 'of', narrow: 120, render: (of: Service, letter) => <div className="stack tight"><span>{t(`service.${of}`)}</span><span className="soft">{letter.consumer}</span></div> },
            { title: t('admin.webhooks.event'), dataIndex: 'subject', narrow: 130, render: (subject: string) => eventName(subject.split('.').slice(2).join('.'), t) },
            { title: t('form.reason'), dataIndex: 'reason', width: 320, render: (reason: Bilingual, letter) => <div className="stack tight"><span>{bilingual(reason)}</span><span className="soft">{[letter.code, letter.detail].filter(Boolean).join(' · ')}</span></div> },
            { title: t('admin.webhooks.attempts'), dataIndex: 'attempts', align: 'end' },
            { title: t('admin.letters.failedAt'), dataIndex: 'failed_at', render: (when: string) => <Moment at={when} /> },
            { title: t('admin.doings'), narrow: 110, render: (_: unknown, letter) => (letter.replayed_at ? <Tag color="green">{t('admin.letters.replayed')}</Tag> : may ? <Button size="small" loading={replay.isPending && replay.variables?.id === letter.id} onClick={() => replay.mutate(letter)}>{t('admin.letters.replay')}</Button> : null) },
          ]}
        />
      )}
    </Panel>
  );
}
