import { Descriptions, Drawer } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

import { PersonName } from '../../ui/PersonName';
import { Reference } from '../../ui/Reference';
import { bilingual } from '../../ui/bilingual';
import { fullMoment } from '../../ui/format';
import { eventName } from '../sales/eventName';
import { FindingText } from './FindingText';
import { Verdict } from './Records';
import type { Log } from './ledger/logCheck';
import type { Row } from './search';

/** Where the states of a kind of record have their names. */
const STATES: Record<string, string> = { quote: 'quotes.status', contract: 'contracts.status', opportunity: 'sales.stage', lead: 'leads.state', delivery: 'delivery.state', receivable: 'collections.state', approval: 'approvals.step' };

function stateName(aggregate: string, state: string | null, t: TFunction): string {
  if (!state) return '—';
  const group = STATES[aggregate];
  return group ? t(`${group}.${state}`, { defaultValue: state }) : state;
}

interface Props {
  row: Row;
  log: Log | undefined;
  close: () => void;
}

/** One record with its proof: its hash, the one before it, the signed root that it is part of. */
export function RecordDrawer({ row, log, close }: Props) {
  const { t } = useTranslation();
  const { record } = row;
  const checkpoint = log?.checkpoints.find(({ size }) => size === row.coveredBy);
  return (
    <Drawer open onClose={close} size={720} title={record ? eventName(record.type, t) : t('ledger.finding.unreadable_record')}>
      <div className="stack">
        <div><Verdict row={row} /></div>
        {row.findings.length > 0 ? <ul className="reasons">{row.findings.map((finding, at) => <li key={at}><FindingText finding={finding} open={null} /></li>)}</ul> : null}
        {record ? (
          <Descriptions
            size="small"
            column={1}
            bordered
            items={[
              { key: 'at', label: t('ledger.at'), children: fullMoment(record.at) },
              { key: 'actor', label: t('ledger.actor'), children: <span className="row">{record.actor.kind === 'person' ? <PersonName id={record.actor.id} /> : t('person.system')}<span className="soft">{t(`role.${record.actor.role}`, { defaultValue: record.actor.role })}</span></span> },
              ...(record.from || record.to ? [{ key: 'change', label: t('ledger.change'), children: `${stateName(record.aggregate, record.from, t)} → ${stateName(record.aggregate, record.to, t)}` }] : []),
              ...(record.why ? [{ key: 'why', label: t('form.reason'), children: typeof record.why === 'string' ? record.why : bilingual(record.why) }] : []),
              { key: 'version', label: t('ledger.version'), children: record.version },
              ...record.evidence.map((one, at) => ({ key: `evidence${at}`, label: t('evidence.title'), children: <div>{t(`evidence.kinds.${one.kind}`, { defaultValue: one.kind })} · <Reference to={one.reference} />{one.sha256 ? <div className="hash">SHA-256 {one.sha256}</div> : null}</div> })),
            ]}
          />
        ) : null}
        <Descriptions
          size="small"
          column={1}
          bordered
          title={t('ledger.proof')}
          items={[
            { key: 'stated', label: t('ledger.hashStated'), children: <span className="hash">{row.hash}</span> },
            { key: 'computed', label: t('ledger.hashComputed'), children: <span className={row.hash === row.computed ? 'hash' : 'hash danger'}>{row.computed}</span> },
            { key: 'prev', label: t('ledger.prev'), children: <span className="hash">{record && record.version > 1 ? record.prev : t('ledger.first')}</span> },
            ...(checkpoint
              ? [
                  { key: 'size', label: t('ledger.checkpoint'), children: t('ledger.checkpointOf', { size: checkpoint.size, index: row.index }) },
                  { key: 'root', label: t('ledger.root'), children: <span className="hash">{checkpoint.root}</span> },
                  { key: 'key', label: t('ledger.signedBy'), children: <span className="hash">{checkpoint.signedBy}</span> },
                ]
              : []),
          ]}
        />
        <h3>{t('ledger.data')}</h3>
        <pre className="record-data" tabIndex={0}>{record ? JSON.stringify(record.data, null, 2) : row.text}</pre>
      </div>
    </Drawer>
  );
}
