import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Ant, ConfigProvider, Grid } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';

import { api, body } from '../api/client';
import { asProblem } from '../api/problem';
import { whereSeen } from '../api/whereSeen';
import { hasChosen, language, setLanguage } from '../i18n';
import { Texts } from '../i18n/texts';
import { setServerTime } from '../ui/clock';
import { Failed, Loading } from '../ui/States';
import { SignIn } from '../screens/signin/SignIn';
import { Guard } from './Guard';
import { router } from './router';
import { type Me, MeProvider, useSession } from './session';
import { themeFor } from './theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      persister: whereSeen,
      retry: (count, error) => asProblem(error).isPassing && count < 2,
    },
  },
});

export function App() {
  const { t } = useTranslation();
  const isNarrow = !(Grid.useBreakpoint().md ?? true);
  return (
    <ConfigProvider theme={themeFor(isNarrow)} locale={language() === 'en' ? enUS : zhCN} componentSize="middle" button={{ autoInsertSpace: false }}>
      <Ant>
        <Texts value={t}>
          <QueryClientProvider client={client}>
            <Door />
          </QueryClientProvider>
        </Texts>
      </Ant>
    </ConfigProvider>
  );
}

/** The sign-in page for strangers, the console for everybody else. */
function Door() {
  const session = useSession();
  if (session.data) return <Inside me={session.data} />;
  if (session.data === null) return <SignIn />;
  if (session.error) return <Failed error={session.error} retry={() => void session.refetch()} />;
  return <Loading rows={6} />;
}

function Inside({ me }: { me: Me }) {
  useEffect(() => {
    if (!hasChosen() && (me.language === 'en' || me.language === 'zh-CN')) void setLanguage(me.language);
  }, [me.language]);
  useEffect(() => {
    // Demonstrations move their clock; elsewhere there is none to ask.
    body(api.GET('/api/demo/clock')).then((clock) => setServerTime(clock.now)).catch(() => undefined);
  }, []);
  return (
    <MeProvider value={me}>
      <RouterProvider router={router} />
      <Guard me={me} />
    </MeProvider>
  );
}
