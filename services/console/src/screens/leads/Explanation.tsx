import { Collapse, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';

import type { components } from '../../api/schema';
import { PersonName } from '../../ui/PersonName';
import { bilingual } from '../../ui/bilingual';
import { percent } from '../../ui/format';
import { Moment } from '../../ui/Values';

type Assignment = components['schemas']['AssignmentView'];
type Considered = components['schemas']['Considered'];

/** One decision about whose a lead is: the sentences, and on demand every figure behind them. */
export function Explanation({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const { rules, considered, skipped } = assignment.explanation;
  const behind = [
    ...(rules.length > 0
      ? [{ key: 'rules', label: t('leads.detail.rulesTried'), children: <ul className="reasons">{rules.map((rule) => <li key={rule.rule_id}>{rule.rule}: {bilingual(rule.reason)}</li>)}</ul> }]
      : []),
    ...(considered.length > 0
      ? [{ key: 'considered', label: `${t('leads.detail.considered')} (${considered.length})`, children: <ConsideredTable rows={considered} /> }]
      : []),
    ...(skipped.length > 0
      ? [{ key: 'skipped', label: `${t('leads.detail.skipped')} (${skipped.length})`, children: <ul className="reasons">{skipped.map((one) => <li key={`${one.person_id}${one.rule}`}>{one.name}: {bilingual(one.reason)}</li>)}</ul> }]
      : []),
  ];
  return (
    <div className="stack tight">
      <div className="row spread">
        <span className="row">
          <Tag>{t(`leads.how.${assignment.how}`)}</Tag>
          {assignment.rep_id ? <span className="strong"><PersonName id={assignment.rep_id} /></span> : null}
        </span>
        <span className="soft"><Moment at={assignment.at} /></span>
      </div>
      {assignment.sentences.map((sentence) => <p key={sentence.zh} style={{ margin: 0 }}>{bilingual(sentence)}</p>)}
      {behind.length > 0 ? <Collapse size="small" ghost items={behind} /> : null}
    </div>
  );
}

function ConsideredTable({ rows }: { rows: Considered[] }) {
  const { t } = useTranslation();
  return (
    <Table<Considered>
      size="small"
      pagination={false}
      rowKey="person_id"
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('leads.column.owner'), dataIndex: 'name', render: (name: string, row) => <>{name} {row.chosen ? <Tag color="green">{t('leads.detail.chosen')}</Tag> : null}</> },
        { title: t('leads.detail.load'), render: (_: unknown, row) => <span className="num">{row.open}/{row.open_limit}</span>, align: 'end' },
        { title: t('leads.detail.today'), dataIndex: 'assigned_today', align: 'end' },
        { title: t('leads.detail.share'), dataIndex: 'share', align: 'end', render: (share: number) => percent(share) },
      ]}
    />
  );
}
