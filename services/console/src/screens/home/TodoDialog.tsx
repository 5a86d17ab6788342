import { Suspense, lazy } from 'react';
import { Navigate } from 'react-router';

import { AssignForm, ConvertForm, ScreeningForm, TouchForm } from '../leads/forms';
import { ActionDoneForm } from './forms/ActionDoneForm';
import { ApprovalForm } from './forms/ApprovalForm';
import { ReceivableForm } from './forms/ReceivableForm';
import { RequestForm } from './forms/RequestForm';
import { ScheduleForm } from './forms/ScheduleForm';
import type { Todo } from './todo';

/** Recording is fetched with the form that needs it. */
const AnswerForm = lazy(async () => ({ default: (await import('../coaching/RecordedForm')).AnswerForm }));
const PracticeDoneForm = lazy(async () => ({ default: (await import('../coaching/RecordedForm')).PracticeDoneForm }));

/** The form that does a to-do; a review has a page of its own. */
export function TodoDialog({ todo, close }: { todo: Todo; close: () => void }) {
  switch (todo.kind) {
    case 'touch':
      return <TouchForm lead={todo.about} close={close} />;
    case 'screen':
      return <ScreeningForm lead={todo.about} close={close} />;
    case 'convert':
      return <ConvertForm lead={todo.about} close={close} />;
    case 'pool':
      return <AssignForm leads={[todo.about]} close={close} />;
    case 'action':
      return <ActionDoneForm action={todo.about} close={close} />;
    case 'approval':
      return <ApprovalForm approval={todo.about} close={close} />;
    case 'receivable':
      return <ReceivableForm step={todo.about} close={close} />;
    case 'request':
      return <RequestForm request={todo.about} close={close} />;
    case 'promise':
      return <ScheduleForm delivery={todo.about} close={close} />;
    case 'answer':
      return <Suspense><AnswerForm review={todo.about} close={close} /></Suspense>;
    case 'practice':
      return <Suspense><PracticeDoneForm practice={todo.about} close={close} /></Suspense>;
    case 'review':
      return <Navigate to={`/coaching/${todo.about.id}`} />;
  }
}
