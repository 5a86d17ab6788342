//! Changes a customer's details, tags, tier and links.

use authz::Action;
use custom_fields::{Resource, Values, changed_values};
use journal::{Caller, Write};
use kernel::Text;
use runtime::http::IfMatch;
use serde::Deserialize;
use uuid::Uuid;

use super::add_contact::record_changed;
use super::customer_view::CustomerView;
use crate::app::State;
use crate::domain::company::{credit_code, normalised_name};
use crate::domain::customer::{Customer, Link, StoreTier};
use crate::domain::fields::Fields;
use crate::error::CrmError;
use crate::store;

/// The fields that change; those not given stay.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerChange {
    pub company: Option<String>,
    pub credit_code: Option<String>,
    pub industry: Option<String>,
    pub region: Option<String>,
    pub store_tier: Option<StoreTier>,
    pub tags: Option<Vec<String>>,
    pub links: Option<Vec<Link>>,
    #[serde(default)]
    pub custom: Values,
}

#[tracing::instrument(name = "crm.update_customer", skip_all, fields(customer = %id))]
pub async fn update_customer(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    input: CustomerChange,
) -> Result<CustomerView, CrmError> {
    let mut write = state.journal.begin(caller).await?;
    store::customers::hold_registration(write.db(), caller.tenant()).await?;
    let mut customer = store::customers::lock(write.db(), id).await?.ok_or(CrmError::CustomerNotFound)?;
    authz::check(&caller.principal, write.now(), Action::CustomerUpdate, &customer.resource())?;
    seen.check(customer.version)?;
    let custom = changed_values(write.db(), Resource::Customer, &customer.custom, input.custom.clone()).await?;
    let mut changed = applied(&mut customer, input)?;
    changed.extend(custom.different_from(&customer.custom));
    customer.custom = custom;
    if !changed.is_empty() {
        refuse_other(&mut write, &customer).await?;
        let entry = record_changed(&mut customer, changed)?;
        write.record(entry);
        let now = write.now();
        store::customers::save(write.db(), &customer, now).await?;
    }
    let contacts = store::contacts::of_customer(write.db(), id).await?;
    Ok(write.commit(CustomerView::new(customer, contacts)).await?)
}

/// Applies what was given; answers the names of the fields that are different now.
fn applied(customer: &mut Customer, input: CustomerChange) -> Result<Vec<String>, CrmError> {
    let mut fields = Fields::default();
    let mut changed = Vec::new();
    let mut set = |name: &str, different: bool| {
        if different {
            changed.push(name.to_owned());
        }
    };
    if let Some(company) = input.company {
        let company = fields.required("company", Some(&company), 200);
        customer.normalised_name = normalised_name(&company);
        set("company", replaced(&mut customer.company, company));
    }
    if let Some(code) = input.credit_code {
        set("credit_code", replaced(&mut customer.credit_code, checked_code(&mut fields, Some(&code))));
    }
    if let Some(industry) = input.industry {
        set("industry", replaced(&mut customer.industry, fields.optional("industry", Some(&industry), 100)));
    }
    if let Some(region) = input.region {
        set("region", replaced(&mut customer.region, fields.optional("region", Some(&region), 100)));
    }
    if let Some(tier) = input.store_tier {
        set("store_tier", replaced(&mut customer.store_tier, tier));
    }
    if let Some(tags) = input.tags {
        set("tags", replaced(&mut customer.tags, checked_tags(&mut fields, &tags)));
    }
    if let Some(links) = input.links {
        checked_links(&mut fields, &links);
        set("links", replaced(&mut customer.links, links));
    }
    fields.into_errors()?;
    Ok(changed)
}

fn replaced<T: PartialEq>(target: &mut T, value: T) -> bool {
    let different = *target != value;
    *target = value;
    different
}

async fn refuse_other(write: &mut Write, customer: &Customer) -> Result<(), CrmError> {
    let same =
        store::customers::same_as(write.db(), &customer.normalised_name, customer.credit_code.as_deref()).await?;
    match same {
        Some(other) if other.id != customer.id => Err(CrmError::CustomerExists { id: other.id, owner: other.owner }),
        _ => Ok(()),
    }
}

/// The credit code in its stored form.
pub fn checked_code(fields: &mut Fields, text: Option<&str>) -> Option<String> {
    match credit_code(text.unwrap_or_default()) {
        Ok(code) => code,
        Err(reason) => {
            fields.wrong("credit_code", "malformed", reason);
            None
        }
    }
}

/// At most 30 tags, each once, in the order given.
pub fn checked_tags(fields: &mut Fields, tags: &[String]) -> Vec<String> {
    if tags.len() > 30 {
        fields.wrong("tags", "too_many", Text::new("最多 30 个标签", "there are more than 30 tags"));
    }
    let mut kept: Vec<String> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let tag = fields.required(&format!("tags[{at}]"), Some(tag), 50);
        if !kept.contains(&tag) {
            kept.push(tag);
        }
    }
    kept
}

/// At most 50 links, each with a title and an address that browsers open safely.
pub fn checked_links(fields: &mut Fields, links: &[Link]) {
    if links.len() > 50 {
        fields.wrong("links", "too_many", Text::new("最多 50 个链接", "there are more than 50 links"));
    }
    for (at, link) in links.iter().enumerate() {
        fields.required(&format!("links[{at}].title"), Some(&link.title), 200);
        let url = fields.required(&format!("links[{at}].url"), Some(&link.url), 2_000);
        let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        if scheme.is_some_and(|scheme| !matches!(scheme.as_str(), "http" | "https")) {
            let reason = Text::new("只接受 http、https 或对象键", "must be http, https or an object key");
            fields.wrong(&format!("links[{at}].url"), "malformed", reason);
        }
    }
}
