import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { ReachableTable } from '../../../ui/ReachableTable';
import { Empty } from '../../../ui/States';
import { Moment } from '../../../ui/Values';
import type { DryRun, Sampled, Share } from './dryRun';
import { byChange, differs, leftOver, outcomeText, signed } from './outcome';
import { useNames } from './useNames';

/** The figures, who gets how many, and single leads with where they went and would go. */
export function DryRunResult({ of }: { of: DryRun }) {
  const { t } = useTranslation();
  if (of.leads === 0) return <Empty title={t('rules.dryRun.noLeads')} hint={t('rules.dryRun.noLeadsHint')} />;
  return (
    <div className="stack" role="status">
      <div className="figures" style={{ marginBottom: 0 }}>
        {(['leads', 'matched', 'moved'] as const).map((name) => <div className="figure" key={name}><b>{of[name]}</b><span>{t(`rules.dryRun.${name}`)}</span></div>)}
      </div>
      <h3>{t('rules.dryRun.people')}</h3>
      <People of={of.people} leads={of.leads} />
      <h3>{t('rules.dryRun.sample')}</h3>
      <Sample of={of.sample} />
      <span className="soft">{t('rules.dryRun.sampleOf', { shown: of.sample.length, count: of.leads })}</span>
    </div>
  );
}

function People({ of, leads }: { of: readonly Share[]; leads: number }) {
  const { t } = useTranslation();
  const nobody = { person_id: '', name: t('rules.dryRun.nobody'), ...leftOver(of, leads) };
  return (
    <Table<Share>
      size="small"
      rowKey="person_id"
      pagination={false}
      dataSource={nobody.before || nobody.after ? [...byChange(of), nobody] : byChange(of)}
      columns={[
        { title: t('rules.dryRun.person'), dataIndex: 'name' },
        { title: t('rules.dryRun.before'), dataIndex: 'before', align: 'end' },
        { title: t('rules.dryRun.after'), dataIndex: 'after', align: 'end' },
        { title: t('rules.dryRun.difference'), align: 'end', render: (_: unknown, { before, after }) => <span className={after > before ? 'num more' : after < before ? 'num less' : 'num soft'}>{signed(after - before)}</span> },
      ]}
    />
  );
}

function Sample({ of }: { of: readonly Sampled[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const ruleText = (rule: string | null | undefined) => (rule ? t('rules.dryRun.byRule', { rule }) : t('rules.dryRun.noRule'));
  return (
    <ReachableTable label={t('rules.dryRun.sample')}>
      <Table<Sampled>
        size="small"
        rowKey="lead_id"
        pagination={false}
        dataSource={of}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('rules.dryRun.company'), dataIndex: 'company', render: (company: string, { lead_id, matches, received_at }) => <div className="stack tight"><span><Link to={`/leads/${lead_id}`}>{company}</Link> {matches ? <Tag color="blue" variant="filled">{t('rules.dryRun.matches')}</Tag> : null}</span><Moment at={received_at} /></div> },
          { title: t('rules.dryRun.before'), render: (_: unknown, { before }) => <span title={ruleText(before.rule)}>{outcomeText(before, t, names)}</span> },
          { title: t('rules.dryRun.after'), render: (_: unknown, { before, after }) => (differs(before, after) ? <strong title={ruleText(after.rule)}>{outcomeText(after, t, names)}</strong> : <span className="soft">{t('rules.dryRun.same')}</span>) },
        ]}
      />
    </ReachableTable>
  );
}
