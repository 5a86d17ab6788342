import { AudioOutlined, BankOutlined, ContactsOutlined, FileTextOutlined, FunnelPlotOutlined, HomeOutlined, LogoutOutlined, MenuOutlined, ProjectOutlined, ReadOutlined, SafetyCertificateOutlined, SettingOutlined, TruckOutlined, AuditOutlined, BarChartOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Avatar, Button, Drawer, Dropdown, Grid, Layout, Menu } from 'antd';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';

import { api } from '../api/client';
import { followUpdates } from '../api/updates';
import { Logo } from '../ui/Logo';
import { listed } from '../ui/punctuated';
import { Loading } from '../ui/States';
import { Boundary } from './Boundary';
import { LanguageSwitch } from './LanguageSwitch';
import { type NavItem, activeOf, navOf } from './nav';
import { useMe } from './session';

const ICONS: Record<NavItem['label'], ReactNode> = {
  home: <HomeOutlined />,
  leads: <FunnelPlotOutlined />,
  customers: <ContactsOutlined />,
  opportunities: <ProjectOutlined />,
  quotes: <FileTextOutlined />,
  contracts: <SafetyCertificateOutlined />,
  deliveries: <TruckOutlined />,
  collections: <BankOutlined />,
  coaching: <AudioOutlined />,
  talkTracks: <ReadOutlined />,
  reports: <BarChartOutlined />,
  evidence: <AuditOutlined />,
  admin: <SettingOutlined />,
};

/** What is around every screen: menu, person, language. */
export function Shell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const wide = Grid.useBreakpoint().lg ?? true;
  const { pathname } = useLocation();
  const [menuOpen, setMenuOpen] = useState(false);
  useEffect(() => followUpdates(client), [client]);
  useEffect(() => setMenuOpen(false), [pathname]);
  return (
    <Layout className="shell" hasSider={wide}>
      <a className="skip" href="#page">{t('nav.skip')}</a>
      {wide ? (
        <Layout.Sider width={208} theme="light">
          <Brand />
          <MainMenu />
        </Layout.Sider>
      ) : (
        <Drawer open={menuOpen} placement="left" size={240} onClose={() => setMenuOpen(false)} title={<Brand />} styles={{ body: { padding: '8px 0' } }}>
          <MainMenu />
        </Drawer>
      )}
      <Layout>
        <Layout.Header className="bar">
          {wide ? null : (
            <Button type="text" icon={<MenuOutlined />} aria-label={t('nav.open')} onClick={() => setMenuOpen(true)} />
          )}
          <span className="grow" />
          <LanguageSwitch />
          <Person />
        </Layout.Header>
        <main id="page" className="page" tabIndex={-1}>
          <Boundary key={pathname}>
            <Suspense fallback={<Loading rows={8} />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </main>
      </Layout>
    </Layout>
  );
}

function Brand() {
  const { t } = useTranslation();
  const { tenant } = useMe();
  return (
    <div className="brand" title={tenant.name}>
      <Logo /> {t('product')}
    </div>
  );
}

function MainMenu() {
  const { t } = useTranslation();
  const { roles } = useMe();
  const { pathname } = useLocation();
  const entries = navOf(roles);
  const active = activeOf(pathname, entries);
  return (
    <nav aria-label={t('nav.label')}>
      <Menu
        mode="inline"
        selectedKeys={active === undefined ? [] : [active]}
        items={entries.map(({ path, label }) => ({ key: path, icon: ICONS[label], label: <Link to={path}>{t(`nav.${label}`)}</Link> }))}
      />
    </nav>
  );
}

function Person() {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = async () => {
    await api.DELETE('/api/session').catch(() => undefined);
    window.location.assign('/');
  };
  const roles = listed(me.roles.map((role) => t(`role.${role}`)));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', disabled: true, label: `${me.tenant.name} · ${roles}` },
          { key: 'out', icon: <LogoutOutlined />, label: t('signIn.out'), onClick: () => void signOut() },
        ],
      }}
    >
      <Button type="text" title={t('nav.account')}>
        <Avatar aria-hidden="true" size={22} style={{ background: '#1f4ed8', fontSize: 12 }}>{me.name.slice(0, 1)}</Avatar>
        <span className="wide-or-said">{me.name}</span>
      </Button>
    </Dropdown>
  );
}
