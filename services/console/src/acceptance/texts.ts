const zh = {
  title: '确认可用',
  hint: '请核对已交付的内容，确认可以正常使用。',
  contract: '合同',
  promised: '承诺日期',
  scheduled: '交付日期',
  until: '链接有效期至',
  lines: '交付清单',
  shown: '交付资料',
  yourProof: '附上照片、签收单或视频',
  proofHint: '文件保留在您的手机上，仅登记文件名与指纹。',
  signer: '签署人姓名',
  accept: '确认可用',
  reject: '暂不能验收',
  why: '请说明问题',
  sendReject: '提交问题',
  back: '返回',
  sending: '正在提交…',
  done: '已确认，感谢您的配合',
  doneHint: '我们已经收到您的确认。',
  refused: '问题已提交',
  refusedHint: '我们会尽快与您联系处理。',
  required: '请填写',
  loading: '加载中…',
  offline: '网络不可用，请检查后重试。填写的内容不会丢失。',
  retry: '重试',
};

const en: typeof zh = {
  title: 'Confirm that it works',
  hint: 'Please check what was delivered and confirm that you can use it.',
  contract: 'Contract',
  promised: 'Promised for',
  scheduled: 'Delivered on',
  until: 'This link works until',
  lines: 'What was delivered',
  shown: 'Documents',
  yourProof: 'Add a photo, the signed receipt or a video',
  proofHint: 'The file stays on your phone; only its name and fingerprint are noted.',
  signer: 'Your name',
  accept: 'It works',
  reject: 'Not yet',
  why: 'What is wrong?',
  sendReject: 'Send',
  back: 'Back',
  sending: 'Sending…',
  done: 'Confirmed, thank you',
  doneHint: 'We have received your confirmation.',
  refused: 'Sent',
  refusedHint: 'We will be in touch soon.',
  required: 'Please fill in',
  loading: 'Loading…',
  offline: 'There is no network. Check it and try again; what you have typed is kept.',
  retry: 'Try again',
};

export type AcceptanceTexts = typeof zh;

export function textsFor(browser: readonly string[]): { texts: AcceptanceTexts; language: string } {
  const first = browser.find((tag) => tag.startsWith('zh') || tag.startsWith('en'));
  return first?.startsWith('en') ? { texts: en, language: 'en' } : { texts: zh, language: 'zh-CN' };
}
