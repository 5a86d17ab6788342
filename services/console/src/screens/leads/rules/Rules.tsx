import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { hasRole, useMe } from '../../../app/session';
import { PageHead, Panel } from '../../../ui/Page';
import { Answer, Empty } from '../../../ui/States';
import { RuleList } from './RuleList';
import { WRITERS, rulesQuery } from './query';
import './rules.css';

/** The rules that new leads are routed by, in the order in which they are tried. */
export function Rules() {
  const { t } = useTranslation();
  const may = hasRole(useMe(), WRITERS);
  const rules = useQuery(rulesQuery);
  const navigate = useNavigate();
  const add = may ? <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => void navigate('/leads/rules/new')}>{t('rules.add')}</Button> : null;
  return (
    <>
      <PageHead title={t('rules.title')} hint={t('rules.hint')} extra={<><Link to="/leads">{t('rules.back')}</Link>{add}</>} />
      <Panel flush title={t('rules.list')}>
        <Answer of={rules} rows={8} isEmpty={(all) => all.length === 0} empty={<Empty title={t('rules.none')} hint={t('rules.noneHint')} action={add} />}>
          {(all) => <RuleList rules={all} may={may} />}
        </Answer>
      </Panel>
    </>
  );
}
