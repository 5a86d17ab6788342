import { Alert, App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { moved } from '../../../ui/placing';
import { say } from '../../../ui/States';
import { RuleLine, moveButton } from './RuleLine';
import type { Rule } from './query';
import { useNames } from './useNames';
import { useRuleWrites } from './useRuleWrites';

type Direction = 'up' | 'down';

/** The rules as sentences; whoever may, moves, switches and removes them. */
export function RuleList({ rules, may }: { rules: readonly Rule[]; may: boolean }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const names = useNames();
  const writes = useRuleWrites();
  const [told, setTold] = useState('');
  const [dragged, setDragged] = useState<number | null>(null);
  const kept = useRef<string | null>(null);
  useEffect(() => {
    // At either end the button that was pressed can be pressed no more: the keyboard goes on with the other one.
    if (kept.current) document.getElementById(kept.current)?.focus();
    kept.current = null;
  }, [told]);

  const place = (from: number, to: number, by?: Direction) => {
    const rule = rules[from];
    if (!rule || writes.busy) return;
    writes.place(moved(rules, from, to), () => {
      setTold(t('rules.nowAt', { name: rule.name, place: to + 1, count: rules.length }));
      if (by) kept.current = moveButton(rule.id, by === 'up' && to === 0 ? 'down' : by === 'down' && to === rules.length - 1 ? 'up' : by);
    });
  };
  const ask = (rule: Rule) =>
    modal.confirm({ title: t('rules.removeAsk', { name: rule.name }), content: t('rules.removeHint'), okText: t('rules.remove'), okButtonProps: { danger: true }, cancelText: t('form.cancel'), onOk: () => writes.remove(rule) });
  return (
    <>
      {writes.refused ? <Alert type="error" showIcon title={say(writes.refused, t('state.failedHint'))} /> : null}
      <p className="sr-only" role="status">{told}</p>
      <ol className="rules">
        {rules.map((rule, at) => (
          <RuleLine
            key={rule.id}
            rule={rule}
            place={at}
            last={at === rules.length - 1}
            names={names}
            doing={
              may
                ? {
                    busy: writes.busy,
                    move: (by) => place(at, by === 'up' ? at - 1 : at + 1, by),
                    enable: (enabled) => writes.enable(rule, enabled),
                    remove: () => ask(rule),
                    drag: () => setDragged(at),
                    drop: () => {
                      if (dragged !== null) place(dragged, at);
                      setDragged(null);
                    },
                  }
                : null
            }
          />
        ))}
      </ol>
    </>
  );
}
