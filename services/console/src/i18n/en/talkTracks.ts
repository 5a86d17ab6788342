import type { Texts } from '../zh';

export const talkTracks: Texts['talkTracks'] = {
  title: 'Talk tracks',
  hint: 'What to say to an objection, how we compare, and the figures that must be right',
  tab: { tracks: 'Talk tracks', objections: 'Objections', candidates: 'Candidates', sheets: 'Comparison sheets', facts: 'Price facts' },
  search: 'Search tracks, objections, points', none: 'The library is empty', nothingFound: 'No talk track matches', add: 'New talk track', edit: 'Change talk track', added: 'Added', version: 'Version {{version}}',
  counted: { must_say: '{{count}} must say', nice_to_say: '{{count}} nice to say', must_not_say: '{{count}} must not say' },
  duty: { must_say: 'Must say', nice_to_say: 'Nice to say', must_not_say: 'Must not say' },
  alsoSaid: 'or',
  content: 'What to say',
  field: {
    title: 'Title', industry: 'Industry', objection: 'Objection', answers: 'Answers objections', text: 'Answer', points: 'Key points', point: 'Key point', duty: 'Duty', paraphrases: 'Other wordings, enter to add', successCase: 'Success case',
  },
  addPoint: 'Add a point', removePoint: 'Remove point {{number}}', withdraw: 'Withdraw', withdrawTitle: 'Withdraw “{{title}}”?', withdrawHint: 'It is suggested and scored no more; scores that were given stay.',
  versions: { title: 'Versions', only: 'There is one version', before: 'Older version', after: 'Newer version', change: 'Change', as: { same: 'Same', added: 'Added', removed: 'Removed', changed: 'Changed' } },
  examples: { title: 'Examples', none: 'No examples yet', noneHint: 'Answers that a coach passed can become examples.', wordsGone: 'The words were deleted', listen: 'Listen', promote: 'Keep as example', promoted: 'Kept as example' },
  objection: { add: 'Add an objection', edit: 'Change objection', none: 'No objections yet', withdrawTitle: 'Withdraw this objection?', industryHint: 'Leave empty for every industry.' },
  candidate: { none: 'No candidates', noneHint: 'Objections heard in conversations appear here.', wordsGone: 'The words were deleted', accept: 'Take into the library', reject: 'Leave out' },
  sheet: {
    add: 'New comparison sheet', edit: 'Change comparison sheet', none: 'No comparison sheets yet', withdrawTitle: 'Withdraw this sheet?', aliases: 'Other names, enter to add', rows: 'Aspects', aspect: 'Aspect', ours: 'Ours', theirs: 'Theirs', addRow: 'Add a row', removeRow: 'Remove row {{number}}',
  },
  fact: {
    add: 'Add a price fact', edit: 'Change price fact', none: 'No price facts yet', noneHint: 'Figures in answers are held against these.', product: 'Product', productHint: 'Leave empty for every product.', kind: 'Kind', value: 'Value', shape: 'A number of 0 or more, please', remove: 'Remove', removeTitle: 'Remove this fact?',
    kinds: { price: 'Price', discount_ceiling: 'Largest discount', lead_time: 'Lead time', warranty: 'Warranty', payment_term: 'Payment term', minimum_order: 'Minimum order' },
    unit: { price: 'CNY', discount_ceiling: '%', lead_time: 'days', warranty: 'months', payment_term: 'days', minimum_order: 'units' },
    of: { price: '¥{{value}}', discount_ceiling: '{{value}} %', lead_time: '{{value}} days', warranty: '{{value}} months', payment_term: '{{value}} days', minimum_order: '{{value}} units' },
  },
  suggestions: { title: 'What to say', none: 'No talk track matches', later: 'No suggestions just now', noneHint: 'Enter the pain point or a competitor to get suggestions.', strong: 'Strong match', open: 'Open the talk track', against: 'Against {{competitor}}' },
};
