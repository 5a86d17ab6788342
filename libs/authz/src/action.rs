//! Every action of the product and the kind of resource it acts on.
//!
//! To add one: a line here, the same name in `policies/schema.cedarschema`, and a role that may do it
//! in one of `policies/*.cedar`. A new `…:read` also needs its scope in `list_scope.rs`; the tests say
//! which of these is missing.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! catalogue {
    ($($kind:ident $name:literal { $($action:ident $code:literal),+ $(,)? })+) => {
        /// What an action acts on. Stored and sent in snake_case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ResourceKind {
            $(#[serde(rename = $name)] $kind),+
        }

        impl ResourceKind {
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The name, such as `lead`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            /// The name of the entity type in the Cedar schema, such as `Lead`.
            pub(crate) fn entity_type(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind)),+ }
            }
        }

        /// One thing that somebody may or may not do. Stored and sent as `lead:assign`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Action {
            $($(#[serde(rename = $code)] $action),+),+
        }

        impl Action {
            pub const ALL: &'static [Self] = &[$($(Self::$action),+),+];

            /// The name, such as `lead:assign`.
            pub fn as_str(self) -> &'static str {
                match self { $($(Self::$action => $code),+),+ }
            }

            /// What the action acts on.
            pub fn kind(self) -> ResourceKind {
                match self { $($(Self::$action => ResourceKind::$kind),+),+ }
            }
        }
    };
}

catalogue! {
    Lead "lead" {
        LeadRead "lead:read", LeadCreate "lead:create", LeadImport "lead:import", LeadExport "lead:export",
        LeadUpdate "lead:update", LeadAssign "lead:assign", LeadReassign "lead:reassign", LeadClaim "lead:claim",
        LeadTouch "lead:touch", LeadScreen "lead:screen", LeadReturn "lead:return", LeadMerge "lead:merge",
        LeadConvert "lead:convert",
    }
    LeadPool "lead_pool" { LeadPoolRead "lead_pool:read" }
    WalkIn "walk_in" { WalkInRead "walk_in:read", WalkInCreate "walk_in:create", WalkInConclude "walk_in:conclude" }
    RoutingRule "routing_rule" { RoutingRuleRead "routing_rule:read", RoutingRuleWrite "routing_rule:write" }
    Rep "rep" { RepRead "rep:read", RepWrite "rep:write", RepSetAvailability "rep:set_availability" }
    Customer "customer" {
        CustomerRead "customer:read", CustomerCreate "customer:create", CustomerUpdate "customer:update",
        CustomerExport "customer:export", CustomerHandover "customer:handover",
    }
    Opportunity "opportunity" {
        OpportunityRead "opportunity:read", OpportunityCreate "opportunity:create",
        OpportunityUpdate "opportunity:update", OpportunityAdvance "opportunity:advance",
        OpportunityAttachEvidence "opportunity:attach_evidence", OpportunityStateBudget "opportunity:state_budget",
        OpportunitySetCostFloor "opportunity:set_cost_floor", OpportunityAuthoriseRange "opportunity:authorise_range",
    }
    Visit "visit" { VisitRead "visit:read", VisitCreate "visit:create", VisitUpdate "visit:update" }
    SalesAction "action" {
        SalesActionRead "action:read", SalesActionCreate "action:create", SalesActionComplete "action:complete",
    }
    Product "product" {
        ProductRead "product:read", ProductWrite "product:write", ProductReadCost "product:read_cost",
    }
    Quote "quote" {
        QuoteRead "quote:read", QuoteCreate "quote:create", QuoteSubmit "quote:submit", QuoteApprove "quote:approve",
        QuoteSend "quote:send",
    }
    Contract "contract" {
        ContractRead "contract:read", ContractCreate "contract:create", ContractEdit "contract:edit",
        ContractSubmit "contract:submit", ContractApprove "contract:approve", ContractSign "contract:sign",
    }
    Clause "clause" { ClauseRead "clause:read", ClauseWrite "clause:write", ClausePublish "clause:publish" }
    Delivery "delivery" {
        DeliveryRead "delivery:read", DeliverySchedule "delivery:schedule", DeliveryPromise "delivery:promise",
        DeliveryIssueAcceptance "delivery:issue_acceptance",
    }
    DeliveryRequest "delivery_request" {
        DeliveryRequestRead "delivery_request:read", DeliveryRequestCreate "delivery_request:create",
        DeliveryRequestReply "delivery_request:reply",
    }
    Capacity "capacity" { CapacityRead "capacity:read", CapacityWrite "capacity:write" }
    Receivable "receivable" {
        ReceivableRead "receivable:read", ReceivableAdvance "receivable:advance", ReceivablePlan "receivable:plan",
        ReceivableWriteOff "receivable:write_off",
    }
    Statement "statement" {
        StatementRead "statement:read", StatementImport "statement:import", StatementMatch "statement:match",
    }
    Notification "notification" {
        NotificationRead "notification:read", NotificationAcknowledge "notification:acknowledge",
    }
    Channel "channel" { ChannelRead "channel:read", ChannelWrite "channel:write" }
    Webhook "webhook" { WebhookRead "webhook:read", WebhookWrite "webhook:write" }
    Recording "recording" { RecordingRead "recording:read", RecordingCreate "recording:create" }
    TalkTrack "talk_track" { TalkTrackRead "talk_track:read", TalkTrackWrite "talk_track:write" }
    Objection "objection" { ObjectionRead "objection:read", ObjectionAnswer "objection:answer" }
    Review "review" { ReviewRead "review:read", ReviewDecide "review:decide" }
    Report "report" { ReportRead "report:read" }
    Timeline "timeline" { TimelineRead "timeline:read", TimelineComment "timeline:comment" }
    Person "person" { PersonRead "person:read", PersonWrite "person:write" }
    ApiKey "api_key" { ApiKeyRead "api_key:read", ApiKeyWrite "api_key:write" }
    ProcessDefinition "process_definition" {
        ProcessDefinitionRead "process_definition:read", ProcessDefinitionPublish "process_definition:publish",
    }
    CustomField "custom_field" { CustomFieldRead "custom_field:read", CustomFieldWrite "custom_field:write" }
    Approval "approval" {
        ApprovalRead "approval:read", ApprovalDecide "approval:decide", ApprovalDelegate "approval:delegate",
        ApprovalWithdraw "approval:withdraw",
    }
    Ledger "ledger" { LedgerRead "ledger:read" }
    DeadLetter "dead_letter" { DeadLetterRead "dead_letter:read", DeadLetterReplay "dead_letter:replay" }
    Demo "demo" { DemoControl "demo:control" }
}

impl Action {
    /// True for the one action of a kind that lists and shows it.
    pub fn is_read(self) -> bool {
        self.as_str().ends_with(":read")
    }
}

impl ResourceKind {
    /// The action that lists and shows this kind; `None` for what cannot be listed.
    pub fn read_action(self) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.kind() == self && action.is_read())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for ResourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_action_is_named_after_its_kind_and_once() {
        let mut seen = HashSet::new();
        for action in Action::ALL {
            assert!(action.as_str().starts_with(&format!("{}:", action.kind())), "{action}");
            assert!(seen.insert(action.as_str()), "{action} twice");
        }
    }

    #[test]
    fn only_the_demonstration_controls_cannot_be_listed() {
        let unlisted: Vec<_> = ResourceKind::ALL.iter().filter(|kind| kind.read_action().is_none()).collect();
        assert_eq!(unlisted, [&ResourceKind::Demo]);
    }

    #[test]
    fn json_uses_the_same_names() {
        let json = serde_json::to_string(&(Action::LeadAssign, ResourceKind::SalesAction)).expect("json");
        assert_eq!(json, r#"["lead:assign","action"]"#);
    }
}
