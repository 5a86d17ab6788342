import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { type Draft, type Part, REQUIREMENTS, furtherAt } from './draft';
import { BudgetFields } from './parts/BudgetFields';
import { ExcludedFields } from './parts/ExcludedFields';
import { FallbackFields } from './parts/FallbackFields';
import { FurtherFields } from './parts/FurtherFields';
import { LevelFields } from './parts/LevelFields';
import { SkillFields } from './parts/SkillFields';
import { SourceFields } from './parts/SourceFields';
import { TextListFields } from './parts/TextListFields';
import { WhoFields } from './parts/WhoFields';
import { labelOf } from './sentence';

export interface FieldsProps {
  draft: Draft;
  edit: (draft: Draft) => void;
}

interface Props extends FieldsProps {
  id: string;
  part: Part;
  reasons: readonly string[];
  close: () => void;
  takeAway: () => void;
}

/** Changes one phrase; the sentence above follows every change. Escape and "done" lead back to the phrase. */
export function PhraseEditor({ id, part, reasons, close, takeAway, ...fields }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('.fields input:not([disabled]), .fields button')?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const inList = box.current?.querySelector('[aria-expanded="true"]');
    if (event.key === 'Escape' && !inList) close();
  };
  const always = part === 'who' || part === 'fallback';
  const requirement = (REQUIREMENTS as readonly string[]).includes(part);
  return (
    <div className="phrase-editor" id={id} ref={box} role="group" aria-label={labelOf(part, t)} onKeyDown={onKeyDown}>
      <header>
        <h3>{labelOf(part, t)}</h3>
        <span className="row">
          {always ? null : <Button size="small" type="text" danger onClick={takeAway}>{t(requirement ? 'rules.takeAwayPart' : 'rules.takeAway')}</Button>}
          <Button size="small" type="primary" ghost onClick={close}>{t('rules.done')}</Button>
        </span>
      </header>
      {reasons.length > 0 ? <p className="danger" role="alert" style={{ marginTop: 0 }}>{reasons.join(' ')}</p> : null}
      <div className="fields"><Fields part={part} {...fields} /></div>
    </div>
  );
}

function Fields({ part, ...props }: FieldsProps & { part: Part }) {
  const at = furtherAt(part);
  if (at !== undefined) return <FurtherFields at={at} {...props} />;
  switch (part) {
    case 'sources': return <SourceFields {...props} />;
    case 'budget': return <BudgetFields {...props} />;
    case 'regions':
    case 'industries': return <TextListFields part={part} {...props} />;
    case 'level': return <LevelFields {...props} />;
    case 'skills': return <SkillFields {...props} />;
    case 'industry_skill': return <IndustrySkill />;
    case 'excluded': return <ExcludedFields {...props} />;
    case 'fallback': return <FallbackFields {...props} />;
    default: return <WhoFields {...props} />;
  }
}

/** It holds or it does not: there is nothing to fill in. */
function IndustrySkill() {
  const { t } = useTranslation();
  return <p className="soft" style={{ margin: 0 }}>{t('rules.edits.industrySkillHint')}</p>;
}
