import { Fragment, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { AddParts } from './AddParts';
import { PhraseEditor } from './PhraseEditor';
import { type Addable, type Draft, type Part, begun, without } from './draft';
import type { Mistake } from './mistakes';
import { type Names, type Piece, piecesOf } from './sentence';

interface Props {
  draft: Draft;
  edit: (draft: Draft) => void;
  open: Part | null;
  setOpen: (part: Part | null) => void;
  mistakes: readonly Mistake[];
  names: Names;
}

const EDITOR = 'phrase-editor';

/** The rule as a sentence whose phrases open below it; phrases are added and taken away, and it always reads as a sentence. */
export function SentenceEditor({ draft, edit, open, setOpen, mistakes, names }: Props) {
  const { t } = useTranslation();
  const sentence = useRef<HTMLParagraphElement>(null);
  const pieces = piecesOf(draft, { t, names }, open);
  const focusOn = (part: Part) =>
    requestAnimationFrame(() => (sentence.current?.querySelector<HTMLElement>(`[data-part="${part}"]`) ?? sentence.current)?.focus());
  const close = (part: Part) => {
    setOpen(null);
    focusOn(part);
  };
  const add = (what: Addable) => {
    const started = begun(draft, what);
    edit(started.draft);
    setOpen(started.part);
  };
  return (
    <div>
      <p className="sentence" ref={sentence} tabIndex={-1}>
        {pieces.map((piece, at) => <Fragment key={`${at}${piece.part ?? ''}`}>{piece.part ? <Phrase piece={piece} open={open === piece.part} wrong={mistakes.some(({ part }) => part === piece.part)} toggle={setOpen} /> : piece.text}</Fragment>)}
      </p>
      {open ? (
        <PhraseEditor
          key={open}
          id={EDITOR}
          part={open}
          draft={draft}
          edit={edit}
          reasons={mistakes.filter(({ part }) => part === open).map(({ reason }) => reason)}
          close={() => close(open)}
          takeAway={() => {
            edit(without(draft, open));
            close(open);
          }}
        />
      ) : null}
      <AddParts draft={draft} open={open} add={add} />
    </div>
  );
}

function Phrase({ piece: { part, text }, open, wrong, toggle }: { piece: Piece; open: boolean; wrong: boolean; toggle: (part: Part | null) => void }) {
  return (
    <button
      type="button"
      className={wrong ? 'phrase wrong' : 'phrase'}
      data-part={part}
      aria-expanded={open}
      {...(open ? { 'aria-controls': EDITOR } : {})}
      {...(wrong ? { 'aria-invalid': true } : {})}
      onClick={() => toggle(open ? null : (part ?? null))}
    >
      {text}
    </button>
  );
}
