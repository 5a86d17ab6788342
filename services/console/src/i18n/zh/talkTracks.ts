export const talkTracks = {
  title: '话术库',
  hint: '异议怎么答、竞品怎么比、数字怎么说',
  tab: { tracks: '话术', objections: '异议库', candidates: '异议候选', sheets: '竞品对比', facts: '价目事实' },
  search: '搜索话术、异议或要点', none: '话术库为空', nothingFound: '没有匹配的话术', add: '新建话术', edit: '修改话术', added: '添加时间', version: '第 {{version}} 版',
  counted: { must_say: '必说 {{count}}', nice_to_say: '加分 {{count}}', must_not_say: '禁说 {{count}}' },
  duty: { must_say: '必说', nice_to_say: '加分', must_not_say: '禁说' },
  alsoSaid: '也可以说',
  content: '话术内容',
  field: {
    title: '标题', industry: '行业', objection: '客户异议', answers: '对应异议库', text: '标准回答', points: '要点', point: '要点内容', duty: '要求', paraphrases: '其他说法，回车添加', successCase: '成功案例',
  },
  addPoint: '添加要点', removePoint: '删除第 {{number}} 个要点', withdraw: '撤下', withdrawTitle: '撤下“{{title}}”？', withdrawHint: '撤下后不再推荐，也不再用于评分；已有评分不受影响。',
  versions: { title: '版本对比', only: '目前只有一个版本', before: '旧版本', after: '新版本', change: '变化', as: { same: '未变', added: '新增', removed: '删除', changed: '修改' } },
  examples: { title: '优秀范例', none: '还没有范例', noneHint: '教练评定通过的回答可收为范例。', wordsGone: '原话已删除', listen: '收听', promote: '收为范例', promoted: '已收为范例' },
  objection: { add: '添加异议', edit: '修改异议', none: '还没有异议', withdrawTitle: '撤下这条异议？', industryHint: '留空表示适用于所有行业。' },
  candidate: { none: '没有待处理的候选', noneHint: '从客户谈话录音中识别到的新异议会出现在这里。', wordsGone: '原话已删除', accept: '收入异议库', reject: '不收' },
  sheet: {
    add: '新建对比表', edit: '修改对比表', none: '还没有竞品对比表', withdrawTitle: '撤下这张对比表？', aliases: '别名，回车添加', rows: '对比项', aspect: '方面', ours: '我方', theirs: '对方', addRow: '添加一行', removeRow: '删除第 {{number}} 行',
  },
  fact: {
    add: '添加价目事实', edit: '修改价目事实', none: '还没有价目事实', noneHint: '回答里说的数字会与这里核对。', product: '产品', productHint: '留空表示适用于全部产品。', kind: '类别', value: '数值', shape: '请填写不小于 0 的数字', remove: '删除', removeTitle: '删除这条事实？',
    kinds: { price: '单价', discount_ceiling: '最大折扣', lead_time: '交期', warranty: '质保', payment_term: '账期', minimum_order: '起订量' },
    unit: { price: '元', discount_ceiling: '%', lead_time: '天', warranty: '个月', payment_term: '天', minimum_order: '件' },
    of: { price: '¥{{value}}', discount_ceiling: '{{value}} %', lead_time: '{{value}} 天', warranty: '{{value}} 个月', payment_term: '{{value}} 天', minimum_order: '{{value}} 件' },
  },
  suggestions: { title: '推荐话术', none: '没有匹配的话术', later: '暂时无法推荐', noneHint: '填写客户痛点或竞争对手后会给出推荐。', strong: '高度匹配', open: '打开话术', against: '对比 {{competitor}}' },
};
