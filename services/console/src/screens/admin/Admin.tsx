import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';

import { PageHead } from '../../ui/Page';
import { ApiKeys } from './ApiKeys';
import { People } from './People';
import { Webhooks } from './Webhooks';

/** Who works here, which systems may call, and which are told. */
export function Admin() {
  const { t } = useTranslation();
  const { tab = 'people' } = useParams();
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t('nav.admin')} hint={t('admin.hint')} />
      <Tabs
        activeKey={tab}
        onChange={(to) => void navigate(`/admin/${to}`)}
        items={[
          { key: 'people', label: t('admin.people.title'), children: <People /> },
          { key: 'api-keys', label: t('admin.keys.title'), children: <ApiKeys /> },
          { key: 'webhooks', label: t('admin.webhooks.title'), children: <Webhooks /> },
        ]}
      />
    </>
  );
}
