import { CheckCircleFilled, LockFilled } from '@ant-design/icons';
import { Button, Form, Input, Steps } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body, once } from '../../api/client';
import type { components } from '../../api/schema';
import { bilingual } from '../../ui/bilingual';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Page';
import { bracketed } from '../../ui/punctuated';
import { BudgetForm, type BudgetKind } from './BudgetForm';
import { EvidenceForm } from './EvidenceForm';
import { ChangeForm } from './ChangeForm';
import { VisitForm } from './VisitForm';
import type { Opportunity } from './query';
import { PATH, type Supply, asksReason, blockersOf, ordered, supplyOf } from './stage';

type Move = components['schemas']['MoveView'];
type Missing = Move['missing'][number];

/** The way to the order, and at each gate what it still needs. */
export function StagePath({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation();
  const [move, setMove] = useState<Move | null>(null);
  const [supply, setSupply] = useState<{ how: Supply; missing: Missing } | null>(null);
  const at = PATH.indexOf(opportunity.stage as (typeof PATH)[number]);
  const moves = ordered(opportunity.stage_explained.moves, opportunity.stage);
  return (
    <Panel title={t('sales.path.title')}>
      <div className="stack">
        <Steps
          size="small"
          responsive
          current={at < 0 ? 0 : at}
          {...(opportunity.stage === 'lost' ? { status: 'error' as const } : opportunity.stage === 'won' ? { status: 'finish' as const } : {})}
          items={PATH.map((stage) => ({ title: t(`sales.stage.${stage}`) }))}
        />
        {moves.length === 0 ? <p className="soft" style={{ margin: 0 }}>{t('sales.path.end', { stage: bilingual(opportunity.stage_explained.title) })}</p> : null}
        <div className="gates">
          {moves.map((one) => (
            <Gate key={one.to} move={one} frozen={opportunity.frozen} go={() => setMove(one)} supply={(how, missing) => setSupply({ how, missing })} />
          ))}
        </div>
      </div>
      {move ? <MoveForm opportunity={opportunity} move={move} close={() => setMove(null)} /> : null}
      {supply ? <SupplyForm opportunity={opportunity} how={supply.how} missing={supply.missing} close={() => setSupply(null)} /> : null}
    </Panel>
  );
}

interface GateProps {
  move: Move;
  frozen: boolean;
  go: () => void;
  supply: (how: Supply, missing: Missing) => void;
}

function Gate({ move, frozen, go, supply }: GateProps) {
  const { t } = useTranslation();
  const blockers = blockersOf(move);
  const open = blockers.length === 0 && !(frozen && move.to !== 'lost');
  return (
    <section className={open ? 'gate open' : 'gate'} aria-label={bilingual(move.title)}>
      <div className="row spread">
        <span className="row">
          {open ? (move.to === 'lost' ? null : <CheckCircleFilled className="good" aria-hidden="true" />) : <LockFilled className="warn" aria-hidden="true" />}
          <span className="strong">{isEnd(move) ? bilingual(move.title) : moveName(move, t)}</span>
        </span>
        {open ? (
          <Button size="small" type={move.to === 'lost' ? 'default' : 'primary'} danger={move.to === 'lost'} onClick={go}>{isEnd(move) ? moveName(move, t) : t('sales.path.go')}</Button>
        ) : (
          <span className="soft">{t('sales.path.closed', { count: blockers.length })}</span>
        )}
      </div>
      {blockers.length > 0 ? (
        <ul>
          {blockers.map((missing) => <Blocker key={`${missing.field}${missing.code}`} missing={missing} supply={supply} />)}
        </ul>
      ) : null}
    </section>
  );
}

const isEnd = ({ to }: Move) => to === 'won' || to === 'lost';

/** An opportunity moves to a stage, but is marked with how it ended. */
function moveName(move: Move, t: TFunction): string {
  return isEnd(move) ? t(`sales.path.ending.${move.to}`) : t('sales.path.to', { stage: bilingual(move.title) });
}

function Blocker({ missing, supply }: { missing: Missing; supply: GateProps['supply'] }) {
  const { t } = useTranslation();
  const how = supplyOf(missing);
  return (
    <li>
      <div className="grow">
        <div>{bilingual(missing.reason)}</div>
        {missing.remedy ? <div className="soft">{bilingual(missing.remedy)}</div> : null}
      </div>
      {how ? <Button size="small" onClick={() => supply(how, missing)}>{t('sales.supply.give')}</Button> : null}
    </li>
  );
}

function MoveForm({ opportunity, move, close }: { opportunity: Opportunity; move: Move; close: () => void }) {
  const { t } = useTranslation();
  const reason = asksReason(move);
  return (
    <FormDialog<{ reason?: string }, Opportunity>
      open
      close={close}
      danger={move.to === 'lost'}
      title={moveName(move, t)}
      submit={t('form.confirm')}
      fields={['reason']}
      refreshes={[['opportunities'], ['timeline'], ['todos']]}
      send={(typed, key) =>
        body(
          api.POST('/api/opportunities/{id}/advance', {
            params: { path: { id: opportunity.id } },
            headers: once(key),
            body: { to: move.to, reason: typed.reason || null },
          }),
        )
      }
    >
      <p className="soft">{opportunity.subject}</p>
      <Form.Item name="reason" label={reason ? t('form.reason') : bracketed(t('form.reason'), t('form.optional'))} rules={[{ required: reason, message: t('form.required') }]}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

interface SupplyProps {
  opportunity: Opportunity;
  how: Supply;
  missing: Missing;
  close: () => void;
}

/** Asks for exactly what is missing. */
function SupplyForm({ opportunity, how, missing, close }: SupplyProps) {
  if (how === 'visit') return <VisitForm opportunity={opportunity} close={close} />;
  if (how === 'pain') return <ChangeForm opportunity={opportunity} close={close} />;
  if (how === 'evidence') return <EvidenceForm opportunity={opportunity} name={missing.field} close={close} />;
  if (how.startsWith('budget.')) return <BudgetForm opportunity={opportunity} kind={how.slice('budget.'.length) as BudgetKind} close={close} />;
  return null;
}
