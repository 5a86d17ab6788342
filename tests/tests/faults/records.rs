//! Records of different services that must agree once all is quiet.

use scenarios::fleet::Fleet;

use crate::invariants::schema;

struct Agreement {
    /// Whose records they are; held against the fleets that run all of them.
    services: &'static [&'static str],
    what_is_wrong: &'static str,
    /// How many records disagree.
    sql: &'static str,
}

const AGREEMENTS: [Agreement; 12] = [
    Agreement {
        services: &["lead-routing"],
        what_is_wrong: "leads that were not received exactly once",
        sql: "select count(*) from lead_routing.leads l where 1 <> (select count(*) from lead_routing.journal j
              where j.aggregate_id = l.id and j.type = 'lead.received.v1')",
    },
    Agreement {
        services: &["quote-contract"],
        what_is_wrong: "contracts that were not signed exactly once, with one invoice application",
        sql: "select count(*) from quote_contract.contracts c where c.status = 'signed' and (
              1 <> (select count(*) from quote_contract.journal j
                    where j.aggregate_id = c.id and j.type = 'contract.signed.v1')
              or 1 <> (select count(*) from quote_contract.invoice_applications i where i.contract_id = c.id))",
    },
    Agreement {
        services: &["quote-contract"],
        what_is_wrong: "invoice applications of contracts that are not signed",
        sql: "select count(*) from quote_contract.invoice_applications i join quote_contract.contracts c
              on c.id = i.contract_id where c.status <> 'signed'",
    },
    Agreement {
        services: &["quote-contract", "delivery"],
        what_is_wrong: "signed contracts without exactly one delivery card",
        sql: "select count(*) from quote_contract.contracts c where c.status = 'signed'
              and 1 <> (select count(*) from delivery.deliveries d where d.contract_id = c.id)",
    },
    Agreement {
        services: &["quote-contract", "collections"],
        what_is_wrong: "signed contracts without exactly one receivable at node 1 or beyond",
        sql: "select count(*) from quote_contract.contracts c where c.status = 'signed' and 1 <> (
              select count(*) from collections.receivables r
              where r.contract_id = c.id and r.amount = c.total and r.node >= 1)",
    },
    Agreement {
        services: &["quote-contract", "crm"],
        what_is_wrong: "signed contracts that their opportunity does not know",
        sql: "select count(*) from quote_contract.contracts c where c.status = 'signed'
              and 1 <> (select count(*) from crm.opportunities o where o.contract_id = c.id)",
    },
    Agreement {
        services: &["delivery"],
        what_is_wrong: "delivery cards that were not created exactly once",
        sql: "select count(*) from delivery.deliveries d where 1 <> (select count(*) from delivery.journal j
              where j.aggregate_id = d.id and j.type = 'delivery.card_created.v1')",
    },
    Agreement {
        services: &["collections"],
        what_is_wrong: "receivables without exactly one payment plan that adds up",
        sql: "select count(*) from collections.receivables r where
              1 <> (select count(*) from collections.journal j
                    where j.aggregate_id = r.id and j.type = 'receivable.payment_planned.v1')
              or r.amount <> (select sum(i.amount) from collections.instalments i where i.receivable_id = r.id)",
    },
    Agreement {
        services: &["collections"],
        what_is_wrong: "nodes of payment journeys that were not reached exactly once",
        sql: "select count(*) from collections.receivables r where
              (select count(*) from collections.journey_nodes n where n.receivable_id = r.id)
              <> (select count(*) from collections.journal j
                  where j.aggregate_id = r.id and j.type = 'receivable.journey_advanced.v1')",
    },
    Agreement {
        services: &["collections"],
        what_is_wrong: "matched bank entries that are not exactly one payment of their amount",
        sql: "select count(*) from collections.statement_entries e where (e.state = 'matched') <> exists (
              select from collections.payments p where p.entry_id = e.id and p.amount = e.amount)",
    },
    Agreement {
        services: &["collections"],
        what_is_wrong: "receivables whose money is not that of their payments, each told once",
        sql: "select count(*) from collections.receivables r where
              r.paid + r.credit
              <> (select coalesce(sum(p.amount), 0) from collections.payments p where p.receivable_id = r.id)
              or (select count(*) from collections.payments p where p.receivable_id = r.id)
              <> (select count(*) from collections.journal j
                  where j.aggregate_id = r.id and j.type = 'receivable.payment_posted.v1')
              or (r.state = 'cleared')::int
              <> (select count(*) from collections.journal j
                  where j.aggregate_id = r.id and j.type = 'receivable.cleared.v1')",
    },
    Agreement {
        services: &["notifier"],
        what_is_wrong: "notifications that were not delivered to the inbox exactly once",
        sql: "select count(*) from notifier.notifications n where n.recipient_kind = 'person' and 1 <> (
              select count(*) from notifier.journal j where j.aggregate_id = n.id and j.version = 1)",
    },
];

pub async fn agree(fleet: &Fleet) {
    for agreement in AGREEMENTS {
        if agreement.services.iter().all(|service| fleet.has(service)) {
            assert_eq!(fleet.count(agreement.sql).await, 0, "{}", agreement.what_is_wrong);
        }
    }
    if fleet.has("analytics") {
        timeline_is_complete(fleet).await;
    }
}

/// Analytics shows every event of every service once.
async fn timeline_is_complete(fleet: &Fleet) {
    for service in fleet.names().filter(|service| *service != "analytics") {
        let schema = schema(service);
        let missing = format!(
            "select count(*) from {schema}.journal j where 1 <> (
             select count(*) from analytics.timeline t where t.event_id = j.event_id and t.service = '{service}')"
        );
        assert_eq!(fleet.count(&missing).await, 0, "events of {service} that the timeline does not show once");
    }
}
