import { type CsvFile, write } from './csv';

/** The fields of a lead that a file can bring. */
export const FIELDS = [
  'company',
  'credit_code',
  'contact_name',
  'contact_phone',
  'contact_email',
  'domain',
  'industry',
  'region',
  'budget',
  'note',
  'source_detail',
  'external_reference',
] as const;

export type LeadField = (typeof FIELDS)[number];

const USUAL: Record<LeadField, readonly string[]> = {
  source_detail: ['source_detail', 'source', 'channel', '来源', '来源说明', '渠道', '活动'],
  company: ['company', 'company_name', 'customer', '公司', '公司名称', '企业名称', '单位名称', '客户名称', '单位'],
  credit_code: ['credit_code', 'uscc', '统一社会信用代码', '信用代码', '社会信用代码', '税号'],
  contact_name: ['contact_name', 'contact', 'name', '联系人', '联系人姓名', '姓名'],
  contact_phone: ['contact_phone', 'phone', 'mobile', 'tel', 'telephone', '电话', '手机', '手机号', '手机号码', '联系电话', '联系方式'],
  contact_email: ['contact_email', 'email', 'e-mail', 'mail', '邮箱', '电子邮箱', '电子邮件', '邮件'],
  domain: ['domain', 'website', 'url', '网址', '官网', '网站', '域名'],
  industry: ['industry', '行业', '所属行业'],
  region: ['region', 'province', 'city', '区域', '地区', '省份', '省市', '城市', '所在地'],
  budget: ['budget', 'amount', '预算', '预算金额', '预算(元)', '预算（元）', '预计金额'],
  note: ['note', 'remark', 'remarks', 'comment', '备注', '需求', '需求描述', '说明'],
  external_reference: ['external_reference', 'reference', 'id', '编号', '外部编号', '线索编号'],
};

/** Which field each column of the file is; null for a column that is not imported. */
export type Mapping = (LeadField | null)[];

/** What the headings say. A field is taken by the first column that has it. */
export function guess(headings: readonly string[]): Mapping {
  const taken = new Set<LeadField>();
  return headings.map((heading) => {
    const plain = heading.toLowerCase().replace(/[\s*:：]/g, '');
    const field = FIELDS.find((name) => !taken.has(name) && USUAL[name].includes(plain)) ?? null;
    if (field) taken.add(field);
    return field;
  });
}

/** Gives a field to a column and takes it from the one that had it. */
export function remap(mapping: Mapping, column: number, field: LeadField | null): Mapping {
  return mapping.map((had, at) => {
    if (at === column) return field;
    return field !== null && had === field ? null : had;
  });
}

/** What a file must bring: a company and a way to reach somebody. */
export function missing(mapping: Mapping): LeadField[] {
  const lacking: LeadField[] = [];
  if (!mapping.includes('company')) lacking.push('company');
  if (!mapping.includes('contact_phone') && !mapping.includes('contact_email')) lacking.push('contact_phone');
  return lacking;
}

/** The file that is sent: the mapped columns under the fields' own names. The same file and mapping give the same bytes. */
export function rewrite(file: CsvFile, mapping: Mapping): string {
  const columns = mapping.flatMap((field, at) => (field === null ? [] : [{ field, at }]));
  const rows = file.rows.map((cells) => columns.map(({ at }) => cells[at] ?? ''));
  return write([columns.map(({ field }) => field), ...rows]);
}
