export const coaching = {
  title: '教练质检',
  hintCoach: '最需要辅导的回答排在最前',
  hintRep: '回答抽到的异议，完成教练布置的练习',
  typed: '文字要点',
  answer: '回答',
  column: { objection: '客户异议', rep: '业务员', outcome: '判定', percent: '得分', answered: '作答时间' },
  outcome: { good: '优质', needs_coaching: '待辅导', needs_human: '待人工', waiting: '评分中' },
  state: { waiting_answer: '待作答', waiting_review: '待教练评定', decided: '已评定' },
  decision: { passed: '通过', practice: '安排练习', dismissed: '不计入' },
  queue: { title: '待评定', filter: '按判定筛选', none: '没有待评定的回答', noneHint: '业务员提交回答并完成评分后会出现在这里。', start: '开始评定' },
  mine: { title: '我的异议练习', none: '还没有抽到异议', noneHint: '登记拜访后，系统会抽取一条该客户或行业的历史异议。', answer: '作答' },
  answerForm: { title: '回答客户异议', submit: '提交回答', text: '回答要点（不超过 100 字）' },
  practice: {
    title: '练习', none: '没有练习', due: '截止', note: '练习要求', do: '提交练习', doTitle: '提交练习录音', submit: '提交', review: '查看原回答',
    state: { assigned: '待完成', done: '已完成' },
  },
  player: { play: '播放', pause: '暂停', rate: '播放速度', journalled: '每次收听都会留痕', notPlayable: '浏览器无法播放该录音格式，请参考下方转写。' },
  recordingState: { uploading: '录音尚未上传完成', stored: '录音已保存', refused: '录音未被接收', abandoned: '录音上传已中断', deleted: '录音已删除' },
  transcript: {
    none: '没有转写内容', working: '正在转写', doubtful: '存疑', someDoubtful: '共 {{of}} 句，其中 {{count}} 句存疑', confidence: '识别置信度 {{share}}',
    covered: '要点', forbidden: '违规承诺', contradiction: '数字有误', failed: '转写失败', retry: '重新转写',
    why: {
      recording_empty: '录音没有内容', recording_not_audio: '文件不是录音', recording_format_unsupported: '该录音格式暂不支持转写', recording_broken: '录音文件已损坏',
      recording_too_long: '录音过长', other: '暂时无法转写，可稍后重试。',
    },
  },
  score: {
    title: '评分依据', none: '尚未评分', noneHint: '录音转写完成后自动评分。', human: '系统不作判定，请人工评定', nothing: '没有识别到要点', covered: '已说到', missing: '必说要点缺失', missingNice: '加分要点缺失',
    forbidden: '违规承诺', contradiction: '数字与标准不符', saidListed: '说的是“{{said}}”，应为“{{listed}}”', fromPriceList: '依据价目事实：{{product}}', fromPoint: '依据话术要点：{{point}}',
    everyProduct: '全部产品', nearest: '最接近', sentence: '第 {{number}} 句', pointGone: '话术已撤下',
  },
  reason: {
    no_talk_track: '该异议还没有话术', transcription_failed: '录音转写失败', recording_deleted: '录音已删除', silent: '录音里没有人说话', truncated: '录音不完整', text_and_speech_differ: '文字与录音说法不一致',
    unknown_speaker: '无法区分说话人', doubtful: '关键句识别存疑', poor_audio: '录音质量差', too_close: '得分在合格线附近', nothing_to_say: '话术没有必说要点', other: '系统无法判断',
  },
  comments: { title: '点评', none: '还没有点评', at: '{{time}}：{{text}}', placeholder: '在 {{time}} 处点评', add: '添加' },
  override: {
    title: '改分', open: '改分', hint: '不同意系统得分时，按 1–5 选择分数并说明原因。', percent: '分数', points: '实际说到的要点', save: '保存改分',
    reasons: { said: '要点已说到', misheard: '转写有误', tone: '表达到位', promise: '承诺超出权限', missing: '关键要点没说到' },
  },
  decide: {
    title: '评定', decision: '结论', comment: '给业务员的话', resolved: '客户异议', resolvedAs: { unknown: '不确定', yes: '已化解', no: '未化解' }, submit: '提交评定', skip: '跳过，下一条', next: '下一条', last: '全部评定完毕',
  },
  keys: {
    title: '快捷键', space: '空格', play: '播放或暂停', step: '上一句、下一句', score: '改分 20–100', comment: '在当前位置点评', decide: '提交评定，再按一次确认', next: '下一条', help: '显示快捷键',
  },
  agreement: {
    title: '评分一致性', from: '从', until: '到', withMachine: '教练与系统', coaches: '教练之间', wrongFlags: '误判待辅导', missed: '漏判', hint: "Cohen's κ：0.6 以上为较好，0.8 以上为高度一致。", tooFew: '样本不足（{{count}}）', judged: '{{count}} 条，一致 {{share}}',
  },
  transcripts: { title: '转写队列', waiting: '等待转写', working: '正在转写', model: '识别模型', missing: '没有可用的识别模型，录音在等待' },
};

export const recording = {
  title: '录音', start: '开始录音', stop: '停止', again: '重新录音', file: '选择录音文件', running: '正在录音…', preview: '试听录音', refused: '无法使用麦克风，请检查浏览器权限，或选择录音文件。',
  needed: '请录音或选择录音文件', consent: '被录音的人都已同意', consentNeeded: '须征得被录音人同意',
};
