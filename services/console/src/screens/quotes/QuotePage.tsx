import { useQuery } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { usePeople } from '../../api/directory';
import { useCustomItems } from '../../ui/custom/useCustomItems';
import { Hash } from '../../ui/Hash';
import { PageHead, Panel } from '../../ui/Page';
import { PersonName } from '../../ui/PersonName';
import { Findings } from '../../ui/Findings';
import { Answer } from '../../ui/States';
import { Day, Moment } from '../../ui/Values';
import { ApprovalPanel } from '../approvals/ApprovalPanel';
import { LinesTable } from './LinesTable';
import { PriceBuildUp } from './PriceBuildUp';
import { QuoteActions } from './QuoteActions';
import { QuoteStatusTag } from './QuoteStatusTag';
import { Revisions } from './Revisions';
import { limitOf } from './price';
import { type Quote, authorityQuery, quoteCheckQuery, quoteQuery } from './query';
import './quotes.css';

export function QuotePage() {
  const { id = '' } = useParams();
  return <Answer of={useQuery(quoteQuery(id))} rows={10}>{(quote) => <Found quote={quote} />}</Answer>;
}

function Found({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const { current } = quote;
  const authority = useQuery(authorityQuery);
  const limit = useLimit(quote);
  return (
    <>
      <PageHead
        title={`${quote.number} · ${current.subject}`}
        hint={
          <span className="row">
            <Link to={`/customers/${quote.customer_id}`}>{quote.company}</Link><span>·</span>
            <Link to={`/opportunities/${quote.opportunity_id}`}>{t('quotes.opportunity')}</Link><span>·</span>
            <PersonName id={quote.owner_id} /><span>·</span>
            <span>{t('quotes.revision', { number: quote.revision })}</span>
            <QuoteStatusTag status={quote.status} />
          </span>
        }
        extra={<QuoteActions quote={quote} />}
      />
      <div className="columns">
        <div className="stack">
          <Panel flush title={t('quotes.lines')}>
            <LinesTable lines={current.lines} limit={limit} floorMargin={authority.data?.floor_margin_percent} />
            <div style={{ padding: '0 14px' }}><PriceBuildUp of={current.totals} margin={current.margin_percent} /></div>
          </Panel>
        </div>
        <div className="stack">
          {current.approval_id ? <ApprovalPanel id={current.approval_id} hidden /> : null}
          <Consistency id={quote.id} />
          <Facts quote={quote} />
        </div>
      </div>
      <Revisions quote={quote} />
    </>
  );
}

/** How far the submitter may go alone; before the submission, its owner. */
function useLimit({ owner_id, current }: Quote): string | undefined {
  const authority = useQuery(authorityQuery);
  const person = usePeople().get(current.submitted_by ?? owner_id);
  if (!authority.data || !person) return undefined;
  return limitOf(authority.data, person.roles, current.customer_grade, current.store_tier);
}

function Consistency({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('quotes.check.title')}>
      <Answer of={useQuery(quoteCheckQuery(id))} rows={2}>{({ findings }) => <Findings of={findings} sound={t('quotes.check.sound')} />}</Answer>
    </Panel>
  );
}

function Facts({ quote: { current, custom } }: { quote: Quote }) {
  const { t } = useTranslation();
  const own = useCustomItems('quote', custom);
  const facts = [
    { key: 'grade', label: t('quotes.customer'), children: `${current.customer_grade} · ${t(`quotes.tier.${current.store_tier}`, { defaultValue: current.store_tier })}` },
    { key: 'delivery', label: t('quotes.deliveryDate'), children: <Day on={current.delivery_date} /> },
    { key: 'validity', label: t('quotes.validity'), children: current.valid_until ? <Moment at={current.valid_until} /> : `${current.validity_days} ${t('quotes.days')}` },
    ...(current.approved_by ? [{ key: 'approved', label: t('quotes.approvedBy'), children: <span><PersonName id={current.approved_by} /> · {t(`quotes.how.${current.approved_how ?? 'approval'}`)} · <Moment at={current.approved_at} /></span> }] : []),
    ...(current.sent_at ? [{ key: 'sent', label: t('quotes.sentAt'), children: <Moment at={current.sent_at} /> }] : []),
    { key: 'code', label: t('quotes.code'), children: <span className="hash">{current.verification_code}</span> },
    { key: 'hash', label: t('quotes.contentHash'), children: <Hash of={current.content_sha256} /> },
    ...(current.pdf_sha256 ? [{ key: 'pdf', label: t('quotes.pdfHash'), children: <Hash of={current.pdf_sha256} /> }] : []),
    ...(current.note ? [{ key: 'note', label: t('collections.note'), children: current.note }] : []),
    ...own,
  ];
  return <Panel title={t('sales.facts')}><Descriptions size="small" column={1} items={facts} /></Panel>;
}
