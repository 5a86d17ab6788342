const zh = {
  product: '顺流',
  tab: { todos: '待办', visit: '拜访', waiting: '待发送', me: '我的' },
  offline: '当前离线，显示的是 {{time}} 的内容',
  loading: '加载中…',
  failed: '未能加载',
  retry: '重试',
  save: '提交',
  cancel: '取消',
  back: '返回',
  required: '必填',
  choose: '请选择',
  sent: '已提交',
  kept: '已保存在手机，联网后自动发送',
  refused: '未被接受',
  todos: {
    title: '我的待办', none: '没有待办', noneHint: '新的线索和提醒会自动出现在这里。', queued: '待发送', over: '已超时', due: '{{time}} 前', more: '另有 {{count}} 项待办请在电脑上处理',
    kind: { touch: '首次联系', screen: '补全筛选表', convert: '转为商机', action: '销售动作', approval: '待审批', receivable: '回款' },
    do: { touch: '登记联系', screen: '填写', convert: '转商机', action: '完成', approval: '审批', receivable: '推进' },
  },
  touch: { hint: '填写能找到沟通记录的编号或链接。', kind: '证据类型', reference: '编号或链接', note: '沟通内容', kinds: { message: '聊天或邮件', recording: '录音', file: '文件', link: '链接', text: '编号或文字' } },
  screen: { nickname: '昵称', avatar: '头像图片链接', firstChat: '首次聊天时间' },
  convert: { subject: '商机名称' },
  action: {
    kind: { appointment: '预约拜访', needs_diagnosis: '需求诊断', demonstration: '方案演示', objection_handling: '异议处理', quote_confirmation: '报价确认' },
    own: { agreed_place: '约定的见面地点', pain: '客户痛点', shown_solution: '演示的方案', objection: '客户异议', quote_id: '已确认的报价' },
    summary: '沟通小结', linked: '对应的沟通记录', nextStep: '下一步', nextStepAt: '下一步时间', doneAt: '完成时间',
  },
  approval: { of: { quote: '报价 {{number}}', contract: '合同 {{number}}' }, company: '客户', total: '金额', decision: '决定', approve: '同意', reject: '驳回', reason: '原因' },
  receivable: { to: '推进到', node: { 1: '申请开票', 2: '发票已签收', 3: '客户采购发起付款', 4: '客户财务付款' }, proof: '证据编号或链接', bankOnly: '到账由银行流水自动确认。' },
  visit: {
    title: '登记拜访', which: '商机', choose: '请选择商机', none: '没有商机', noneHint: '线索转为商机后即可登记拜访。', met: '见到谁', note: '说了什么', noteHint: '录音或文字，至少一项', pain: '客户痛点', competitor: '竞争对手', next: '下一步', nextAt: '下一步时间', restored: '已恢复上次未提交的内容',
    role: { decision_maker: '拍板人', technical_director: '技术负责人', purchasing: '采购', finance: '财务', end_user: '使用人', influencer: '影响者', unknown: '尚未识别' },
    suggestions: '推荐话术', suggestionsHint: '根据您填写的痛点与竞争对手', done: '完成',
  },
  custom: { none: '未填写', yes: '是', no: '否', notANumber: '请填写数字，最多 15 位' },
  voice: { start: '录音', stop: '停止录音', again: '重录', remove: '删除录音', running: '正在录音', preview: '试听', consent: '被录音的人都已同意', consentNeeded: '须征得被录音人同意', refused: '无法使用麦克风，请检查权限' },
  waiting: {
    title: '待发送', none: '全部已发送', noneHint: '离线时填写的内容会保存在这里，联网后自动发送。', state: { waiting: '等待发送', sending: '正在发送', refused: '未被接受' },
    reason: { unauthenticated: '登录已过期，重新登录后继续发送', other: '等待网络' }, edit: '修改后重发', discard: '删除', discardSure: '删除后无法恢复。确定删除？', now: '立即发送', withRecording: '含录音',
    kind: { visit: '拜访', touch: '首次联系', screen: '筛选表', convert: '转商机', action: '销售动作', approval: '审批', receivable: '回款推进' },
  },
  signIn: { title: '登录', tenant: '公司代号', login: '账号或邮箱', password: '密码', submit: '登录', with: '使用 {{provider}} 登录', offline: '无法连接服务器，请检查网络。' },
  me: { language: '界面语言', out: '退出登录', outWaiting: '还有 {{count}} 项未发送，重新登录后会继续发送。', desk: '打开电脑版', install: '可在浏览器菜单中选择“添加到主屏幕”。' },
};

export type Texts = typeof zh;

const en: Texts = {
  product: 'Sluice',
  tab: { todos: 'To-dos', visit: 'Visit', waiting: 'Outbox', me: 'Me' },
  offline: 'Offline; as of {{time}}',
  loading: 'Loading…',
  failed: 'Could not load',
  retry: 'Try again',
  save: 'Send',
  cancel: 'Cancel',
  back: 'Back',
  required: 'Required',
  choose: 'Please choose',
  sent: 'Sent',
  kept: 'Kept on the phone; it goes out when the network is back',
  refused: 'Not accepted',
  todos: {
    title: 'My to-dos', none: 'Nothing to do', noneHint: 'New leads and reminders appear here by themselves.', queued: 'In the outbox', over: 'Overdue', due: 'until {{time}}', more: '{{count}} more to-dos wait on the desk',
    kind: { touch: 'First contact', screen: 'Screening form', convert: 'Convert', action: 'Sales action', approval: 'Approval', receivable: 'Collection' },
    do: { touch: 'Record', screen: 'Fill in', convert: 'Convert', action: 'Done', approval: 'Decide', receivable: 'Advance' },
  },
  touch: { hint: 'A number or link by which the conversation can be found.', kind: 'Kind of proof', reference: 'Number or link', note: 'What was said', kinds: { message: 'Chat or e-mail', recording: 'Recording', file: 'File', link: 'Link', text: 'Number or text' } },
  screen: { nickname: 'Nickname', avatar: 'Link to the avatar', firstChat: 'First chat' },
  convert: { subject: 'Opportunity' },
  action: {
    kind: { appointment: 'Appointment', needs_diagnosis: 'Needs diagnosis', demonstration: 'Demonstration', objection_handling: 'Objection handling', quote_confirmation: 'Quote confirmation' },
    own: { agreed_place: 'Agreed place', pain: 'Pain point', shown_solution: 'Solution shown', objection: 'Objection', quote_id: 'Confirmed quote' },
    summary: 'Summary', linked: 'Linked conversation', nextStep: 'Next step', nextStepAt: 'Next step at', doneAt: 'Done at',
  },
  approval: { of: { quote: 'Quote {{number}}', contract: 'Contract {{number}}' }, company: 'Customer', total: 'Amount', decision: 'Decision', approve: 'Approve', reject: 'Reject', reason: 'Reason' },
  receivable: { to: 'Advance to', node: { 1: 'Invoice applied for', 2: 'Invoice received', 3: 'Purchasing started payment', 4: 'Finance pays' }, proof: 'Number or link of the proof', bankOnly: 'The bank statement confirms the payment.' },
  visit: {
    title: 'Record a visit', which: 'Opportunity', choose: 'Choose an opportunity', none: 'No opportunities', noneHint: 'Convert a lead to record visits.', met: 'Whom you met', note: 'What was said', noteHint: 'A recording or a text, at least one', pain: 'Pain point', competitor: 'Competitor', next: 'Next step', nextAt: 'Next step on', restored: 'What you had typed is back',
    role: { decision_maker: 'Decision maker', technical_director: 'Technical director', purchasing: 'Purchasing', finance: 'Finance', end_user: 'End user', influencer: 'Influencer', unknown: 'Not known yet' },
    suggestions: 'What to say', suggestionsHint: 'For the pain point and competitor you entered', done: 'Done',
  },
  custom: { none: 'Not stated', yes: 'Yes', no: 'No', notANumber: 'Enter a number of at most 15 digits' },
  voice: { start: 'Record', stop: 'Stop', again: 'Record again', remove: 'Remove', running: 'Recording', preview: 'Listen', consent: 'Everybody recorded has agreed', consentNeeded: 'Everybody recorded must agree', refused: 'The microphone cannot be used; check the permission' },
  waiting: {
    title: 'Outbox', none: 'Everything is sent', noneHint: 'What you enter offline is kept here and goes out when the network is back.', state: { waiting: 'Waiting', sending: 'Sending', refused: 'Not accepted' },
    reason: { unauthenticated: 'Your session ended; sign in to go on', other: 'Waiting for the network' }, edit: 'Change and send', discard: 'Delete', discardSure: 'It cannot be brought back. Delete it?', now: 'Send now', withRecording: 'with recording',
    kind: { visit: 'Visit', touch: 'First contact', screen: 'Screening form', convert: 'Convert', action: 'Sales action', approval: 'Approval', receivable: 'Collection' },
  },
  signIn: { title: 'Sign in', tenant: 'Company', login: 'Login or e-mail', password: 'Password', submit: 'Sign in', with: 'Sign in with {{provider}}', offline: 'The server cannot be reached. Check the network.' },
  me: { language: 'Language', out: 'Sign out', outWaiting: '{{count}} items are not sent yet; they go out when you sign in again.', desk: 'Open the desk', install: 'Use “Add to home screen” in the browser’s menu.' },
};

export type Language = 'zh-CN' | 'en';
export const TEXTS: Record<Language, Texts> = { 'zh-CN': zh, en };

/** Fills the places of a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
