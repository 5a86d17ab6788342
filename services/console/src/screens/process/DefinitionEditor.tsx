import { Alert, App, Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { once } from '../../api/client';
import { useWrite } from '../../api/useWrite';
import { hasRole, useMe } from '../../app/session';
import { Panel } from '../../ui/Page';
import { labelled } from '../../ui/punctuated';
import { say } from '../../ui/States';
import { DryRun } from './DryRun';
import { Versions } from './Versions';
import { YamlEditor } from './YamlEditor';
import { type Definition, type Name, dryRun, publish, validate } from './query';
import { mistakesOf, rangeOf, withVersion } from './text';

/** Edits a definition: it is checked line by line, tried against the records there are, and then published. */
export function DefinitionEditor({ name, definition }: { name: Name; definition: Definition }) {
  const { t } = useTranslation();
  const me = useMe();
  const { modal, message } = App.useApp();
  const [yaml, setYaml] = useState(definition.yaml);
  const area = useRef<HTMLTextAreaElement>(null);
  const may = hasRole(me, ['operations']);
  const { service } = name;
  const check = useWrite({ send: (text: string) => validate(service, text) });
  const attempt = useWrite({ send: (text: string) => dryRun(service, text) });
  const put = useWrite({
    send: (text: string, key) => publish(service, text, once(key)),
    refreshes: [['processes']],
    onDone: ({ version }) => void message.success(t('process.published', { version })),
  });
  const refused = put.error ?? attempt.error ?? check.error;
  const mistakes = useMemo(() => mistakesOf(refused?.fields ?? []), [refused]);
  const next = () => {
    const text = withVersion(yaml, definition.version + 1);
    setYaml(text);
    return text;
  };
  const begin = (what: 'check' | 'attempt' | 'put') => {
    for (const write of [check, attempt, put]) write.reset();
    ({ check, attempt, put })[what].mutate(next());
  };
  const ask = () =>
    modal.confirm({ title: t('process.publishAsk', { version: definition.version + 1 }), content: t('process.publishHint'), okText: t('process.publish'), cancelText: t('form.cancel'), onOk: () => begin('put') });
  const goTo = (line: number) => {
    area.current?.focus();
    area.current?.setSelectionRange(...rangeOf(yaml, line));
  };
  const edited = yaml !== definition.yaml;
  return (
    <div className="columns">
      <div className="stack">
        <Panel
          title={t(edited ? 'process.draft' : 'process.inForce', { version: definition.version, next: definition.version + 1 })}
          extra={
            may ? (
              <div className="row">
                {edited ? <Button size="small" type="text" onClick={() => setYaml(definition.yaml)}>{t('process.undo')}</Button> : null}
                <Button size="small" loading={check.isPending} onClick={() => begin('check')}>{t('process.validate')}</Button>
                <Button size="small" loading={attempt.isPending} onClick={() => begin('attempt')}>{t('process.dryRun')}</Button>
                <Button size="small" type="primary" disabled={!edited} loading={put.isPending} onClick={ask}>{t('process.publish')}</Button>
              </div>
            ) : null
          }
        >
          {refused ? (
            <Alert
              type="error"
              showIcon
              style={{ marginBottom: 12 }}
              title={mistakes.length > 0 ? t('process.mistakes', { count: mistakes.length }) : say(refused, t('state.failedHint'))}
              description={
                mistakes.length > 0 ? (
                  <ul className="reasons">
                    {mistakes.map((mistake) => (
                      <li key={`${mistake.line}${mistake.column}${mistake.reason}`}>
                        <button type="button" className="link" onClick={() => goTo(mistake.line)}>{t('process.line', { line: mistake.line, column: mistake.column })}</button>{labelled('')}{mistake.reason}
                      </li>
                    ))}
                  </ul>
                ) : undefined
              }
            />
          ) : null}
          {check.data ? <Alert type="success" showIcon style={{ marginBottom: 12 }} title={t('process.valid')} /> : null}
          <YamlEditor ref={area} value={yaml} mistakes={mistakes} readOnly={!may} label={t('process.text')} onChange={setYaml} />
        </Panel>
      </div>
      <div className="stack">
        {attempt.data ? <DryRun report={attempt.data} yaml={yaml} name={name} /> : null}
        <Versions name={name} definition={definition} take={may ? (earlier) => setYaml(withVersion(earlier, definition.version + 1)) : null} />
      </div>
    </div>
  );
}
