//! Every stream and subject of the suite, in one place.
//!
//! An event `lead.assigned.v1` of `lead-routing` travels on `evt.lead-routing.lead.assigned` in the
//! stream `EVT_LEAD_ROUTING`. Ids and personal data are never part of a subject.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The nine services, by their plain names.
pub const SERVICES: [&str; 9] =
    ["lead-routing", "crm", "quote-contract", "delivery", "collections", "notifier", "ai-qa", "analytics", "gateway"];

/// What identifies one kind of event everywhere: journal, bus, webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventKind {
    pub service: &'static str,
    /// `lead.assigned.v1`
    pub type_name: &'static str,
    /// `evt.lead-routing.lead.assigned`
    pub subject: &'static str,
}

/// A message that is carried as an event.
pub trait Event: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    const KIND: EventKind;
}

/// The stream that holds a service's events.
pub fn stream_of(service: &str) -> String {
    format!("EVT_{}", service.to_ascii_uppercase().replace('-', "_"))
}

/// The subjects a service's stream captures.
pub fn subjects_of(service: &str) -> String {
    format!("evt.{service}.>")
}

macro_rules! events {
    ($($service:literal $module:ident { $($message:ident $aggregate:literal $event:literal,)* })*) => {
        $($(
            impl Event for crate::$module::v1::$message {
                const KIND: EventKind = EventKind {
                    service: $service,
                    type_name: concat!($aggregate, ".", $event, ".v1"),
                    subject: concat!("evt.", $service, ".", $aggregate, ".", $event),
                };
            }
        )*)*

        /// Every event of the suite: the event catalogue.
        pub const EVENTS: &[EventKind] = &[$($(<crate::$module::v1::$message as Event>::KIND,)*)*];
    };
}

events! {
    "lead-routing" lead_routing {
        LeadReceived "lead" "received",
        LeadDuplicateFound "lead" "duplicate_found",
        LeadAssigned "lead" "assigned",
        LeadUnassignedOverdue "lead" "unassigned_overdue",
        LeadReminderDue "lead" "reminder_due",
        LeadRecalled "lead" "recalled",
        LeadTouched "lead" "touched",
        LeadScreened "lead" "screened",
        LeadReturned "lead" "returned",
        LeadConverted "lead" "converted",
        ProcessPublished "lead_routing_process" "published",
        CustomFieldChanged "lead_routing_custom_field" "changed",
        RoutingRuleChanged "routing_rule" "changed",
        RepChanged "rep" "changed",
        LeadFormCreated "lead_form" "created",
        LeadImportFinished "lead_import" "finished",
    }
    "crm" crm {
        CustomerRegistered "customer" "registered",
        CustomerChanged "customer" "changed",
        CustomerGraded "customer" "graded",
        CustomerFactNoted "customer" "fact_noted",
        CustomerHealthChanged "customer" "health_changed",
        RepurchaseDue "customer" "repurchase_due",
        OpportunityOpened "opportunity" "opened",
        OpportunityChanged "opportunity" "changed",
        OpportunityStageChanged "opportunity" "stage_changed",
        KeyMomentMissed "opportunity" "key_moment_missed",
        OpportunityAdvanceRefused "opportunity" "advance_refused",
        OpportunityEvidenceAttached "opportunity" "evidence_attached",
        OpportunityBudgetStated "opportunity" "budget_stated",
        OpportunityFrozen "opportunity" "frozen",
        OpportunityUnfrozen "opportunity" "unfrozen",
        VisitRecorded "visit" "recorded",
        VisitDraftChanged "visit" "draft_changed",
        VisitSummaryConfirmed "visit" "summary_confirmed",
        VisitConclusionApplied "visit" "conclusion_applied",
        ActionScheduled "action" "scheduled",
        ActionDone "action" "done",
        ProcessPublished "crm_process" "published",
        CustomFieldChanged "crm_custom_field" "changed",
    }
    "quote-contract" quote_contract {
        QuoteDrafted "quote" "drafted",
        QuoteApprovalRequested "quote" "approval_requested",
        QuoteApproved "quote" "approved",
        QuoteRejected "quote" "rejected",
        QuoteSent "quote" "sent",
        QuoteExpiring "quote" "expiring",
        ClausePublished "clause" "published",
        ContractDrafted "contract" "drafted",
        ContractChanged "contract" "changed",
        ContractTamperRefused "contract" "tamper_refused",
        ContractApprovalRequested "contract" "approval_requested",
        ContractApproved "contract" "approved",
        ContractRejected "contract" "rejected",
        ContractSigned "contract" "signed",
        InvoiceApplied "invoice" "applied",
        ProcessPublished "quote_contract_process" "published",
        CustomFieldChanged "quote_contract_custom_field" "changed",
        ProductPublished "product" "published",
        DiscountAuthoritySet "authority" "set",
        QuoteSuperseded "quote" "superseded",
        QuoteWithdrawn "quote" "withdrawn",
        QuoteExpired "quote" "expired",
        ApprovalProgressed "approval" "progressed",
        ClauseDrafted "clause" "drafted",
        ContractWithdrawn "contract" "withdrawn",
        ContractSignatureCaptured "contract" "signature_captured",
    }
    "delivery" delivery {
        DeliveryCardCreated "delivery" "card_created",
        DeliveryScheduled "delivery" "scheduled",
        DeliveryPromised "delivery" "promised",
        PromiseTurnedRed "delivery" "promise_turned_red",
        PromiseTurnedGreen "delivery" "promise_turned_green",
        AcceptanceRequested "delivery" "acceptance_requested",
        DeliveryAccepted "delivery" "accepted",
        DeliveryRejected "delivery" "rejected",
        CapacitySet "capacity" "set",
        CapacityLocked "capacity_lock" "placed",
        CapacityLockReleased "capacity_lock" "released",
        DeliveryRequestFiled "delivery_request" "filed",
        DeliveryRequestTaken "delivery_request" "taken",
        DeliveryRequestReplied "delivery_request" "replied",
        DeliveryRequestOverdue "delivery_request" "overdue",
    }
    "collections" collections {
        ReceivableOpened "receivable" "opened",
        PaymentPlanned "receivable" "payment_planned",
        JourneyAdvanced "receivable" "journey_advanced",
        JourneyStalled "receivable" "journey_stalled",
        BlockerResolved "receivable" "blocker_resolved",
        StatementImported "statement" "imported",
        PaymentPosted "receivable" "payment_posted",
        ReceivableCleared "receivable" "cleared",
        ProcessPublished "collections_process" "published",
        ReceivableWriteOffRequested "receivable" "write_off_requested",
        ReceivableWriteOffRejected "receivable" "write_off_rejected",
        ReceivableWrittenOff "receivable" "written_off",
    }
    "notifier" notifier {
        NotificationSent "notification" "sent",
        NotificationFailed "notification" "failed",
        NotificationAcknowledged "notification" "acknowledged",
        NotificationPlanned "notification" "planned",
        NotificationReplayed "notification" "replayed",
        RulesSet "rule_set" "set",
        RulesReset "rule_set" "reset",
        ChannelConfigured "channel" "configured",
        ChannelReset "channel" "reset",
        PreferencesChanged "preferences" "changed",
        WebhookCreated "webhook" "created",
        WebhookChanged "webhook" "changed",
        WebhookSecretRotated "webhook" "secret_rotated",
        WebhookRemoved "webhook" "removed",
    }
    "ai-qa" ai_qa {
        RecordingStored "recording" "stored",
        RecordingRefused "recording" "refused",
        RecordingRead "recording" "read",
        RecordingDeleted "recording" "deleted",
        ObjectionChanged "objection" "changed",
        ObjectionDrawn "review" "objection_drawn",
        ObjectionAnswered "review" "objection_answered",
        ReviewDecided "review" "decided",
        ReviewScored "review" "scored",
        ReviewFlagged "review" "flagged",
        ReviewNeedsHuman "review" "needs_human",
        ReviewCommented "review" "commented",
        ReviewOverridden "review" "overridden",
        TranscriptCompleted "transcript" "completed",
        TranscriptFailed "transcript" "failed",
        TranscriptRetried "transcript" "retried",
        TranscriptCancelled "transcript" "cancelled",
        TranscriptDeleted "transcript" "deleted",
        TalkTrackChanged "talk_track" "changed",
        ComparisonSheetChanged "comparison_sheet" "changed",
        PriceFactsChanged "price_facts" "changed",
        PracticeAssigned "practice" "assigned",
        PracticeDone "practice" "done",
        ConclusionOffered "conclusion" "offered",
        ConclusionConfirmed "conclusion" "confirmed",
        ConclusionRejected "conclusion" "rejected",
        ObjectionMined "objection_candidate" "mined",
        ObjectionCandidateDecided "objection_candidate" "decided",
        CalibrationRefitted "calibration" "refitted",
        CalibrationReverted "calibration" "reverted",
    }
    "gateway" gateway {
        PersonAdded "person" "added",
        PersonChanged "person" "changed",
        ApiKeyIssued "api_key" "issued",
        ApiKeyRevoked "api_key" "revoked",
        SecondFactorEnrolled "person" "second_factor_enrolled",
        SecondFactorProposed "person" "second_factor_proposed",
        PasswordChanged "person" "password_changed",
        IdentityLinked "person" "identity_linked",
        TenantAdded "tenant" "added",
        TenantChanged "tenant" "changed",
        OrgUnitAdded "org_unit" "added",
        OrgUnitChanged "org_unit" "changed",
        OrgUnitRemoved "org_unit" "removed",
        SavedViewChanged "saved_view" "changed",
        AccessTokenIssued "api_key" "token_issued",
        SessionOpened "session" "opened",
        SessionSteppedUp "session" "stepped_up",
        SessionEnded "session" "ended",
        SignInRefused "sign_in" "refused",
        SecondFactorRefused "sign_in" "second_factor_refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_events_share_a_type_or_a_subject() {
        let types: std::collections::HashSet<_> = EVENTS.iter().map(|kind| kind.type_name).collect();
        let subjects: std::collections::HashSet<_> = EVENTS.iter().map(|kind| kind.subject).collect();
        assert_eq!((types.len(), subjects.len()), (EVENTS.len(), EVENTS.len()));
    }

    #[test]
    fn every_event_belongs_to_a_known_service() {
        assert!(EVENTS.iter().all(|kind| SERVICES.contains(&kind.service)));
    }

    #[test]
    fn payloads_are_canonical_camel_case_json() {
        let event = crate::lead_routing::v1::LeadTouched {
            lead_id: "l1".into(),
            rep_id: "r1".into(),
            touched_at: Some(crate::Timestamp { seconds: 1_800_000_000, nanos: 0 }),
        };
        let json = serde_json::to_string(&event).expect("json");
        assert_eq!(json, r#"{"leadId":"l1","repId":"r1","touchedAt":"2027-01-15T08:00:00+00:00"}"#);
    }
}
