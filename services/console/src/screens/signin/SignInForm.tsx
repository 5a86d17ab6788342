import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Divider, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body } from '../../api/client';
import { type Problem, asProblem } from '../../api/problem';
import { say } from '../../ui/States';

interface Typed {
  tenant: string;
  login: string;
  password: string;
}

const REMEMBERED = 'sluice.tenant';

/** The company that was named in the address, or was signed in to here before. */
export function knownTenant(search: string, remembered: string | null): string {
  return new URLSearchParams(search).get('tenant') ?? remembered ?? '';
}

interface Props {
  /** Given when only one company is possible. */
  tenant?: string;
  done: () => void;
}

export function SignInForm({ tenant, done }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Typed>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const options = useQuery({
    queryKey: ['session', 'options'],
    staleTime: Infinity,
    queryFn: () => body(api.GET('/api/session/options')),
  });
  const start = tenant ?? knownTenant(window.location.search, localStorage.getItem(REMEMBERED));

  const send = async (typed: Typed) => {
    setBusy(true);
    setProblem(null);
    try {
      await body(api.POST('/api/session', { body: typed }));
      localStorage.setItem(REMEMBERED, typed.tenant);
      done();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
      form.getFieldInstance('password')?.focus?.();
    }
  };

  return (
    <>
      {problem ? (
        <Alert
          type="error"
          showIcon
          title={problem.isUnreachable ? t('state.offlineHint') : say(problem, t('state.failedHint'))}
          style={{ marginBottom: 16 }}
        />
      ) : null}
      {options.data?.directory === false ? null : (
        <Form form={form} layout="vertical" size="large" requiredMark={false} initialValues={{ tenant: start }} onFinish={(typed) => void send(typed)}>
          <Form.Item name="tenant" label={t('signIn.tenant')} tooltip={t('signIn.tenantHint')} rules={[{ required: true, message: t('form.required') }]}>
            <Input autoComplete="organization" disabled={tenant !== undefined} autoFocus={start === ''} />
          </Form.Item>
          <Form.Item name="login" label={t('signIn.login')} rules={[{ required: true, message: t('form.required') }]}>
            <Input autoComplete="username" autoFocus={start !== ''} />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('form.required') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>{t('signIn.submit')}</Button>
        </Form>
      )}
      {options.data && options.data.providers.length > 0 ? (
        <>
          <Divider plain>{t('signIn.or')}</Divider>
          <div className="stack">
            {options.data.providers.map((provider) => (
              <Button key={provider.name} size="large" block href={provider.start}>{t('signIn.with', { provider: provider.label })}</Button>
            ))}
          </div>
        </>
      ) : null}
    </>
  );
}
