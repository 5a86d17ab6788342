//! What must be true after the play, asked behind the services' backs.

use all_in_one::play::Report;
use all_in_one::stack::Stack;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::Mutex;

const SCHEMAS: [&str; 9] =
    ["lead_routing", "crm", "quote_contract", "delivery", "collections", "notifier", "ai_qa", "analytics", "gateway"];

pub struct Facts {
    db: Mutex<PgConnection>,
    contract: String,
    lead: String,
}

fn kept(report: &Report, step: &str, fact: &str) -> String {
    let value = report.fact(step, fact).and_then(Value::as_str);
    value.unwrap_or_else(|| panic!("{step} reported no {fact}")).to_owned()
}

impl Facts {
    pub async fn of(stack: &Stack, report: &Report) -> Self {
        let db = PgConnection::connect(&stack.admin_url()).await.expect("connected");
        Self {
            db: Mutex::new(db),
            contract: kept(report, "由最新条款生成合同", "contract"),
            lead: kept(report, "每次分配都有解释", "lead"),
        }
    }

    async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&mut *self.db.lock().await)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    async fn until(&self, sql: &str, wanted: i64) {
        let waiting = async {
            while self.count(sql).await != wanted {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        let minute = std::time::Duration::from_mins(1);
        let reached = tokio::time::timeout(minute, waiting).await.is_ok();
        assert!(reached, "{sql} is {} and not {wanted}", self.count(sql).await);
    }

    /// 204 rows and posts arrive, 5 are malformed, 4 repeat a known company; two more by telephone, one repurchase.
    pub async fn intake(&self) {
        let all = self.count("select count(*) from lead_routing.leads").await;
        assert_eq!(all, 204 - 5 + 2 + 1);
        let duplicates = "select count(*) from lead_routing.journal where type = 'lead.duplicate_found.v1'";
        assert_eq!(self.count(duplicates).await, 4);
        let unexplained = "select count(*) from lead_routing.journal j where type = 'lead.assigned.v1'
            and not exists (select from lead_routing.assignments a where a.lead_id = j.aggregate_id)";
        assert_eq!(self.count(unexplained).await, 0);
        assert_eq!(self.count("select count(*) from lead_routing.journal where type = 'lead.recalled.v1'").await, 1);
    }

    pub async fn one_of_each_after_signing(&self) {
        for table in ["delivery.deliveries", "quote_contract.invoice_applications", "collections.receivables"] {
            let sql = format!("select count(*) from {table} where contract_id = '{}'", self.contract);
            assert_eq!(self.count(&sql).await, 1, "{table}");
            assert_eq!(self.count(&format!("select count(*) from {table}")).await, 1, "{table}");
        }
        assert_eq!(self.count("select count(*) from collections.instalments").await, 3);
    }

    pub async fn money(&self) {
        assert_eq!(self.count("select count(*) from collections.payments").await, 1);
        let booked = "select count(*) from collections.receivables r
            where r.amount = (select sum(amount) from collections.payments p where p.receivable_id = r.id)";
        assert_eq!(self.count(booked).await, 1);
        assert_eq!(self.count("select count(*) from crm.journal where type = 'customer.repurchase_due.v1'").await, 1);
        assert_eq!(self.count("select count(*) from lead_routing.leads where source = 'repurchase'").await, 1);
    }

    pub async fn everybody_told(&self) {
        let told = async |template: &str| {
            self.count(&format!(
                "select count(distinct recipient_id) from notifier.notifications where template = '{template}'"
            ))
            .await
        };
        assert_eq!(told("opportunity_frozen").await, 3);
        assert_eq!(told("delivery_promise_turned_red").await, 2);
        assert_eq!(told("receivable_journey_stalled").await, 3);
        assert_eq!(told("lead_unassigned_overdue").await, 1);
        let doubled = "select count(*) from (select 1 from notifier.notifications
            group by cause_event_id, recipient_id, template having count(*) > 1) d";
        assert_eq!(self.count(doubled).await, 0);
    }

    /// The voice note became the rep's summary, the broken promise a flag, and every listening a line in the log.
    pub async fn heard(&self) {
        let count = async |sql: &str| self.count(sql).await;
        assert_eq!(count("select count(*) from ai_qa.recordings where state = 'stored'").await, 4);
        self.until("select count(*) from ai_qa.transcripts where state <> 'completed'", 0).await;
        let transcripts = "select count(*) from ai_qa.journal where type = 'transcript.completed.v1'";
        assert_eq!(count(transcripts).await, 4);
        assert_eq!(count("select count(*) from ai_qa.reviews where outcome = 'needs_coaching'").await, 1);
        assert_eq!(count("select count(*) from ai_qa.reviews where outcome = 'good'").await, 1);
        assert_eq!(count("select count(*) from ai_qa.journal where type = 'review.flagged.v1'").await, 1);
        assert_eq!(count("select count(*) from ai_qa.practices where state = 'done'").await, 1);
        let listened = "select count(*) from ai_qa.accesses a join ai_qa.journal j
            on j.aggregate_id = a.recording_id and j.type = 'recording.read.v1'";
        assert!(count(listened).await >= 1, "nobody is known to have listened");
        assert_eq!(count("select count(*) from crm.visits where draft = 'confirmed' and note is not null").await, 1);
        let conclusions = "select count(*) from crm.conclusions where visit_id is not null";
        let confirmed = count("select count(*) from ai_qa.conclusions where state = 'confirmed'").await;
        assert!(confirmed > 0 && count(conclusions).await == confirmed, "{confirmed} conclusions were confirmed");
        let competitors = "select count(*) from crm.opportunities where '恒岳' = any(competitors) and pain is not null";
        assert_eq!(count(competitors).await, 1);
    }

    /// Words that were said are in no journal and in no event.
    pub async fn words_stay_where_they_are(&self, report: &Report) {
        let said = kept(report, "拜访录音转写，与原文对照", "heard");
        let words: String = said.chars().take(8).collect();
        for schema in SCHEMAS {
            let told = format!("select count(*) from {schema}.journal where position('{words}' in record) > 0");
            assert_eq!(self.count(&told).await, 0, "{schema} tells {words}");
        }
    }

    /// The request that took the lead in, its events, what reacted to them and whom that told share a trace.
    pub async fn one_trace_across_services(&self) {
        let lead = &self.lead;
        let spread = format!(
            "with converted as (
                 select split_part(j.traceparent, '-', 2) as trace from lead_routing.journal j
                 where j.aggregate_id = '{lead}' and j.type = 'lead.converted.v1'
             )
             select count(*) from crm.journal j, converted c
             where j.type = 'opportunity.opened.v1' and split_part(j.traceparent, '-', 2) = c.trace"
        );
        assert_eq!(self.count(&spread).await, 1);
        let notified = "select count(*) from notifier.journal n join crm.journal c
            on split_part(n.traceparent, '-', 2) = split_part(c.traceparent, '-', 2)
            and c.type = 'opportunity.frozen.v1'";
        assert!(self.count(notified).await > 0, "the notification is outside the trace of its cause");
    }

    pub async fn versions_contiguous_and_nothing_parked(&self) {
        for schema in SCHEMAS {
            self.until(&format!("select count(*) from {schema}.outbox"), 0).await;
            let gaps = format!(
                "select count(*) from (select 1 from {schema}.journal group by aggregate_id having max(version) <> count(*)) g"
            );
            assert_eq!(self.count(&gaps).await, 0, "{schema}: versions have gaps");
            assert_eq!(
                self.count(&format!("select count(*) from {schema}.dead_letters")).await,
                0,
                "{schema}: dead letters"
            );
        }
    }
}
