import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { LanguageSwitch } from '../../app/LanguageSwitch';
import { sessionQuery } from '../../app/session';
import { Logo } from '../../ui/Logo';
import { SignInForm } from './SignInForm';
import './signin.css';

export function SignIn() {
  const { t } = useTranslation();
  const client = useQueryClient();
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('product')}`;
  }, [t]);
  return (
    <div className="sign-in">
      <main>
        <div className="row spread">
          <div className="brand"><Logo size={28} /> {t('product')}</div>
          <LanguageSwitch />
        </div>
        <h1>{t('signIn.title')}</h1>
        <p className="soft">{t('signIn.hint')}</p>
        <SignInForm done={() => void client.invalidateQueries({ queryKey: sessionQuery.queryKey })} />
      </main>
      <aside aria-hidden="true">
        <blockquote>{t('signIn.promise')}</blockquote>
        <ol>
          {(['lead', 'opportunity', 'contract', 'delivery', 'money'] as const).map((stage) => (
            <li key={stage}>{t(`signIn.stages.${stage}`)}</li>
          ))}
        </ol>
      </aside>
    </div>
  );
}
