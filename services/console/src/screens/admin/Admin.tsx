import { Grid, Select, Tabs } from 'antd';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';

import { type Role, hasRole, useMe } from '../../app/session';
import { PageHead } from '../../ui/Page';
import { Processes } from '../process/Processes';
import { ApiKeys } from './ApiKeys';
import { CustomFields } from './custom-fields/CustomFields';
import { DeadLetters } from './DeadLetters';
import { DemoClock } from './DemoClock';
import { Organisation } from './Organisation';
import { Outbox } from './Outbox';
import { People } from './People';
import { Webhooks } from './Webhooks';

interface Part {
  key: string;
  roles: readonly Role[];
  Screen: ComponentType;
}

/** Parts of the administration and whose they are, as the policies have it. */
const PARTS: readonly Part[] = [
  { key: 'people', roles: ['administrator'], Screen: People },
  { key: 'organisation', roles: ['administrator'], Screen: Organisation },
  { key: 'processes', roles: ['operations', 'administrator', 'auditor'], Screen: Processes },
  { key: 'custom-fields', roles: ['operations', 'administrator', 'auditor'], Screen: CustomFields },
  { key: 'api-keys', roles: ['administrator'], Screen: ApiKeys },
  { key: 'webhooks', roles: ['administrator'], Screen: Webhooks },
  { key: 'outbox', roles: ['administrator', 'operations'], Screen: Outbox },
  { key: 'dead-letters', roles: ['administrator', 'auditor'], Screen: DeadLetters },
  { key: 'clock', roles: ['administrator'], Screen: DemoClock },
];

/** Who works here, by which rules, and which systems are connected. */
export function Admin() {
  const { t } = useTranslation();
  const me = useMe();
  const mine = PARTS.filter(({ roles }) => hasRole(me, roles));
  const { tab } = useParams();
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t('nav.admin')} hint={t('admin.hint')} />
      <Parts of={mine} active={tab ?? mine[0]?.key ?? ''} open={(to) => void navigate(`/admin/${to}`)} />
    </>
  );
}

/** Tabs where there is room for them, a choice where there is not. */
function Parts({ of, active, open }: { of: readonly Part[]; active: string; open: (key: string) => void }) {
  const { t } = useTranslation();
  const wide = Grid.useBreakpoint().lg ?? true;
  const Screen = of.find(({ key }) => key === active)?.Screen;
  if (wide) return <Tabs activeKey={active} destroyOnHidden onChange={open} items={of.map(({ key, Screen: One }) => ({ key, label: t(`admin.parts.${key}`), children: <One /> }))} />;
  return (
    <div className="stack">
      <Select aria-label={t('nav.admin')} value={active} onChange={open} options={of.map(({ key }) => ({ value: key, label: t(`admin.parts.${key}`) }))} />
      {Screen ? <Screen /> : null}
    </div>
  );
}
