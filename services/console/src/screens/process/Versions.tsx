import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Empty } from '../../ui/States';
import { Moment } from '../../ui/Values';
import { type Definition, type Name, versionQuery } from './query';

interface Props {
  name: Name;
  definition: Definition;
  /** Puts an earlier version's text into the editor; none for those who only look. */
  take: ((yaml: string) => void) | null;
}

/** Who published what, and a way back to it. */
export function Versions({ name, definition, take }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [loading, setLoading] = useState<number | null>(null);
  const fetch = async (version: number) => {
    setLoading(version);
    try {
      take?.((await client.fetchQuery(versionQuery(name, version))).yaml);
    } finally {
      setLoading(null);
    }
  };
  return (
    <Panel flush title={t('process.versions')}>
      {definition.published.length === 0 ? <Empty title={t('process.builtIn')} hint={t('process.builtInHint')} /> : null}
      <div role="list">
        {definition.published.map(({ version, published_at, published_by }) => (
          <div className="item" role="listitem" key={version}>
            <div className="grow">
              <div className="row"><span className="strong">v{version}</span>{version === definition.version ? <span className="good">{t('process.current')}</span> : null}</div>
              <p className="soft"><PersonName id={published_by} /> · <Moment at={published_at} /></p>
            </div>
            {take && version !== definition.version ? <Button size="small" loading={loading === version} onClick={() => void fetch(version)}>{t('process.take')}</Button> : null}
          </div>
        ))}
        {take && definition.version > 1 ? (
          <div className="item" role="listitem">
            <div className="grow">{t('process.builtInVersion')}</div>
            <Button size="small" loading={loading === 1} onClick={() => void fetch(1)}>{t('process.take')}</Button>
          </div>
        ) : null}
      </div>
    </Panel>
  );
}
