import { Tag, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';

import { bilingual } from '../../ui/bilingual';
import { Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Moment } from '../../ui/Values';
import type { ReceivableDetail } from './query';
import { isRecord, readable } from './reference';

/** The five nodes with who reached them, when, and on what evidence. */
export function JourneyPanel({ receivable }: { receivable: ReceivableDetail }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('collections.journey')}>
      <Timeline
        items={receivable.journey.map((node) => ({
          key: node.node,
          color: node.reached_at ? 'blue' : node.node === receivable.node + 1 ? 'orange' : 'gray',
          content: (
            <div className="stack tight">
              <div className="row spread">
                <span className={node.reached_at ? 'strong' : undefined}>{node.node > 0 ? `${node.node}. ` : ''}{bilingual(node.title)}</span>
                <span className="soft">{node.reached_at ? <Moment at={node.reached_at} /> : t('collections.notReached')}</span>
              </div>
              {node.reached_at ? <span className="soft"><PersonName id={node.owner_id ?? node.reached_by} />{node.note ? ` · ${node.note}` : ''}</span> : null}
              {node.evidence.length > 0 ? (
                <div className="row">
                  {node.evidence.map((one) => <Tag key={one.reference} className="reference" title={one.sha256 ?? one.reference}>{t(`evidence.kinds.${isRecord(one.reference) ? 'record' : one.kind}`)} · {readable(one.reference)}</Tag>)}
                </div>
              ) : null}
            </div>
          ),
        }))}
      />
    </Panel>
  );
}
