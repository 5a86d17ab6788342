//! Which column of a file is which field of a lead. Headings may be Chinese or English.

use super::company_name::half_width;

/// A field of a lead that a file can have a column for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    SourceDetail,
    Company,
    CreditCode,
    ContactName,
    ContactPhone,
    ContactEmail,
    Domain,
    Industry,
    Region,
    Budget,
    Note,
    ExternalReference,
}

/// The headings of every column; the first is the field's own name.
const HEADINGS: [(Column, &[&str]); 12] = [
    (Column::SourceDetail, &["source_detail", "source", "channel", "来源", "来源说明", "渠道", "活动"]),
    (
        Column::Company,
        &["company", "company_name", "customer", "公司", "公司名称", "企业名称", "单位名称", "客户名称", "单位"],
    ),
    (Column::CreditCode, &["credit_code", "uscc", "统一社会信用代码", "信用代码", "社会信用代码", "税号"]),
    (Column::ContactName, &["contact_name", "contact", "name", "联系人", "联系人姓名", "姓名"]),
    (
        Column::ContactPhone,
        &[
            "contact_phone",
            "phone",
            "mobile",
            "tel",
            "telephone",
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "联系电话",
            "联系方式",
        ],
    ),
    (Column::ContactEmail, &["contact_email", "email", "e-mail", "mail", "邮箱", "电子邮箱", "电子邮件", "邮件"]),
    (Column::Domain, &["domain", "website", "url", "网址", "官网", "网站", "域名"]),
    (Column::Industry, &["industry", "行业", "所属行业"]),
    (Column::Region, &["region", "province", "city", "区域", "地区", "省份", "省市", "城市", "所在地"]),
    (Column::Budget, &["budget", "amount", "预算", "预算金额", "预算(元)", "预算（元）", "预计金额"]),
    (Column::Note, &["note", "remark", "remarks", "comment", "备注", "需求", "需求描述", "说明"]),
    (Column::ExternalReference, &["external_reference", "reference", "id", "编号", "外部编号", "线索编号"]),
];

/// The column under this heading, if it is one of ours.
pub fn column(heading: &str) -> Option<Column> {
    let heading = half_width(heading).to_lowercase().replace([' ', '*', ':'], "");
    let matches = |names: &&[&str]| names.iter().any(|name| half_width(name) == heading);
    HEADINGS.iter().find(|(_, names)| matches(names)).map(|(column, _)| *column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_both_languages_are_understood() {
        assert_eq!(column("公司名称"), Some(Column::Company));
        assert_eq!(column(" Contact_Phone* "), Some(Column::ContactPhone));
        assert_eq!(column("预算（元）"), Some(Column::Budget));
        assert_eq!(column("星座"), None);
    }

    #[test]
    fn no_heading_means_two_columns() {
        let mut all: Vec<_> = HEADINGS.iter().flat_map(|(_, names)| names.iter()).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
