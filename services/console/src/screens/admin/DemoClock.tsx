import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { api, body } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { setServerTime } from '../../ui/clock';
import { fullMoment } from '../../ui/format';
import { Panel } from '../../ui/Page';
import { Answer, say } from '../../ui/States';

const STEPS = [{ key: 'hour', seconds: 3600 }, { key: 'day', seconds: 86_400 }, { key: 'week', seconds: 7 * 86_400 }] as const;

/** In a demonstration time can be moved forward, so that deadlines are seen to work. */
export function DemoClock() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const clock = useQuery({ queryKey: ['demo-clock'], refetchInterval: 30_000, queryFn: () => body(api.GET('/api/demo/clock')) });
  const advance = useWrite({
    send: (seconds: number) => body(api.POST('/api/demo/clock/advance', { body: { seconds } })),
    onDone: ({ now }) => {
      setServerTime(now);
      void client.invalidateQueries();
    },
  });
  return (
    <Panel title={t('admin.clock.title')}>
      <Answer of={clock} rows={2}>
        {({ now }) => (
          <div className="stack">
            <time className="strong" dateTime={now}>{fullMoment(now)}</time>
            <p className="soft" style={{ margin: 0 }}>{t('admin.clock.hint')}</p>
            {advance.error ? <Alert type="error" showIcon title={say(advance.error, t('state.failedHint'))} /> : null}
            <div className="row">{STEPS.map(({ key, seconds }) => <Button key={key} disabled={advance.isPending} onClick={() => advance.mutate(seconds)}>{t(`admin.clock.${key}`)}</Button>)}</div>
          </div>
        )}
      </Answer>
    </Panel>
  );
}
