import { AssignForm, ConvertForm, ScreeningForm, TouchForm } from '../leads/forms';
import { ActionDoneForm } from './forms/ActionDoneForm';
import { ApprovalForm } from './forms/ApprovalForm';
import { ReceivableForm } from './forms/ReceivableForm';
import { RequestForm } from './forms/RequestForm';
import { ScheduleForm } from './forms/ScheduleForm';
import type { Todo } from './todo';

/** The form that does a to-do. */
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
  }
}
