import type { QueryKey } from '@tanstack/react-query';
import { Alert, Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';
import { useWrite } from '../api/useWrite';
import { sortErrors, touches } from './fieldErrors';
import { labelsOf } from './labels';
import { listed } from './punctuated';
import { say } from './States';

/** A field of the organisation's own. */
export type CustomName = `custom.${string}`;

interface Props<V extends object, Out> {
  title: string;
  open: boolean;
  close: () => void;
  /** Names of the form's fields: what the server says about them is said beside them. */
  fields: readonly ((keyof V & string) | CustomName)[];
  initial?: Partial<V>;
  send: (values: V, key: string) => Promise<Out>;
  refreshes?: readonly QueryKey[];
  onDone?: (answer: Out) => void;
  /** Takes over a refusal that is more than an error of the form, such as a conflict; true when it did. */
  onRefused?: (problem: Problem, values: V) => boolean;
  submit?: string;
  danger?: boolean;
  width?: number;
  children: ReactNode | ((form: FormInstance<V>) => ReactNode);
}

interface Refused {
  /** What is still wrong of what the server refused. */
  wrong: ReturnType<typeof sortErrors>['inForm'];
  /** What people call it; a field without a name of its own is left out. */
  labels: readonly string[];
}

const NOTHING: Refused = { wrong: [], labels: [] };

/** One write with its form. When the server refuses, what was typed stays and each reason stands where it belongs. */
export function FormDialog<V extends object, Out>(props: Props<V, Out>) {
  const { title, open, close, fields, initial, children, submit, danger = false, width = 520 } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<V>();
  const write = useWrite<V, Out>({
    send: props.send,
    ...(props.refreshes ? { refreshes: props.refreshes } : {}),
    onDone: (answer) => {
      form.resetFields();
      props.onDone?.(answer);
      close();
    },
  });
  const sorted = write.error ? sortErrors(write.error, fields) : null;
  const [refused, setRefused] = useState<Refused>(NOTHING);
  const keep = (wrong: Refused['wrong']) => setRefused({ wrong, labels: labelsOf(wrong) });
  const send = (values: V) =>
    write.mutate(values, {
      onError: (problem) => {
        if (props.onRefused?.(problem, values)) {
          write.reset();
          return;
        }
        const { inForm } = sortErrors(problem, fields);
        keep(inForm);
        form.setFields(inForm as never);
      },
    });
  // What the server said of a field holds until the field is changed.
  const forget = (changed: Partial<V>) => {
    const about = refused.wrong.filter(({ name }) => touches(changed, name));
    if (about.length === 0) return;
    keep(refused.wrong.filter((one) => !about.includes(one)));
    form.setFields(about.map(({ name }) => ({ name, errors: [] })) as never);
  };
  const isAboutFields = write.error?.isAboutFields === true;
  const corrected = isAboutFields && sorted?.above.length === 0 && refused.wrong.length === 0;
  const labels = isAboutFields ? refused.labels : [];
  const cancel = () => {
    write.reset();
    setRefused(NOTHING);
    close();
  };
  return (
    <Modal
      open={open}
      title={title}
      width={width}
      onCancel={cancel}
      okText={submit ?? t('form.save')}
      cancelText={t('form.cancel')}
      okButtonProps={{ danger, loading: write.isPending }}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      {write.error && sorted && !corrected ? (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 14 }}
          title={write.error.isUnreachable ? t('state.offlineHint') : labels.length > 0 ? t('form.wrong', { fields: listed(labels) }) : say(write.error, t('state.failedHint'))}
          description={sorted.above.length > 0 ? <ul className="reasons">{sorted.above.map((text) => <li key={text}>{text}</li>)}</ul> : undefined}
        />
      ) : null}
      <Form<V> form={form} layout="vertical" initialValues={initial as never} onFinish={send} onValuesChange={forget} scrollToFirstError>
        {typeof children === 'function' ? children(form) : children}
        <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true" />
      </Form>
    </Modal>
  );
}
