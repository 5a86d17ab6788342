import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, type InputRef, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { api, body } from '../api/client';
import { type Need, setGuard } from '../api/guard';
import { type Problem, asProblem } from '../api/problem';
import { say } from '../ui/States';
import { SignInForm } from '../screens/signin/SignInForm';
import { type Me, sessionQuery } from './session';

interface Open {
  need: Need;
  answer: (given: boolean) => void;
}

/** The one dialog that asks for what a request needs; what was typed behind it stays. */
export function Guard({ me }: { me: Me }) {
  const [open, setOpen] = useState<Open | null>(null);
  useEffect(() => {
    setGuard((need) => new Promise((answer) => setOpen({ need, answer })));
    return () => setGuard(null);
  }, []);
  const close = (given: boolean) => {
    open?.answer(given);
    setOpen(null);
  };
  return (
    <>
      <StepUp me={me} shown={open?.need === 'step_up'} close={close} />
      <SignInAgain me={me} shown={open?.need === 'sign_in'} close={close} />
    </>
  );
}

interface DialogProps {
  me: Me;
  shown: boolean;
  close: (given: boolean) => void;
}

function StepUp({ me, shown, close }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal open={shown} title={t('stepUp.title')} footer={null} onCancel={() => close(false)} width={380} destroyOnHidden>
      {me.second_factor ? <CodeForm done={() => close(true)} /> : <p>{t('stepUp.notEnrolled')}</p>}
    </Modal>
  );
}

function CodeForm({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  const send = async ({ code }: { code: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      await body(api.POST('/api/session/step-up', { body: { code: code.replace(/\s/g, '') } }));
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      done();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
      input.current?.select();
    }
  };
  return (
    <Form layout="vertical" onFinish={(values: { code: string }) => void send(values)} requiredMark={false}>
      <p className="soft">{t('stepUp.hint')}</p>
      {problem ? <Alert type="error" title={say(problem, t('state.failedHint'))} style={{ marginBottom: 12 }} /> : null}
      <Form.Item name="code" label={t('stepUp.code')} rules={[{ required: true, pattern: /^\s*\d{3}\s*\d{3}\s*$/, message: t('stepUp.sixDigits') }]}>
        <Input ref={input} inputMode="numeric" autoComplete="one-time-code" maxLength={8} size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>{t('stepUp.confirm')}</Button>
    </Form>
  );
}

/** The session ended while the page was open. */
function SignInAgain({ me, shown, close }: DialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const signedIn = async () => {
    const now = await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    if (now?.id === me.id) close(true);
    else window.location.assign('/');
  };
  const leave = () => {
    close(false);
    window.location.assign('/');
  };
  return (
    <Modal open={shown} title={t('signIn.again')} footer={null} onCancel={leave} width={380} destroyOnHidden>
      <p className="soft">{t('signIn.againHint')}</p>
      <SignInForm tenant={me.tenant.slug} done={() => void signedIn()} />
    </Modal>
  );
}
