use contracts::collections::v1::{JourneyAdvanced, PaymentPosted, ReceivableCleared, StatementImported};
use kernel::Role;
use serde_json::json;
use testkit::TestApp;

use crate::arrange::{
    COMPANY, at_node_1, camt, contract, credit, finance, receivable, show, upload, upload_camt, yuan,
};

#[tokio::test]
async fn a_payment_of_everything_clears_the_receivable_and_ends_the_journey() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let file = camt(&[credit("100000.00", "B1", COMPANY, "付 HT-2027-0001 货款")]);

    let answer = upload_camt(&finance, file.clone()).await;
    assert_eq!(answer.status.as_u16(), 201);
    let report = answer.ok();
    assert_eq!((&report["entries"], &report["matched"], &report["repeated"]), (&1.into(), &1.into(), &0.into()));
    let shown = show(&finance, id).await;
    assert_eq!((&shown["state"], &shown["node"], &shown["outstanding"]), (&"cleared".into(), &5.into(), &yuan("0.00")));
    assert_eq!(shown["journey"][4]["evidence"][0]["kind"], "payment");
    let explanation = shown["payments"][0]["explanation"].to_string();
    assert!(
        explanation.contains("合同号 HT-2027-0001") && explanation.contains("付款方与合同客户一致"),
        "{explanation}"
    );

    let posted: PaymentPosted = app.event().await;
    assert_eq!(posted.amount.map(|amount| amount.minor), Some(10_000_000));
    assert!(!posted.explanation.is_empty() && posted.bank_reference == "B1");
    let cleared: ReceivableCleared = app.event().await;
    assert_eq!(cleared.receivable_id, id.to_string());
    let moves: Vec<JourneyAdvanced> = app.events(2).await;
    assert_eq!((moves[1].from, moves[1].to), (1, 5));

    let again = upload_camt(&finance, file).await;
    assert_eq!(again.status.as_u16(), 200);
    let again = again.ok();
    assert_eq!(
        (&again["matched"], &again["repeated"], &again["already_imported"]),
        (&0.into(), &1.into(), &true.into())
    );
    assert_eq!(again["id"], report["id"]);
    assert_eq!((app.count_events::<PaymentPosted>().await, app.count_events::<StatementImported>().await), (1, 1));
}

#[tokio::test]
async fn the_same_booking_in_another_file_is_known() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let first = credit("30000.00", "B1", COMPANY, "HT-2027-0001");
    upload_camt(&finance, camt(std::slice::from_ref(&first))).await.ok();
    let second = credit("60000.00", "B2", COMPANY, "HT-2027-0001");
    let report =
        upload_camt(&finance, camt(&[first, second, credit("31.00", "B1", COMPANY, "HT-2027-0001")])).await.ok();
    assert_eq!((&report["matched"], &report["repeated"]), (&1.into(), &1.into()));
    assert_eq!(report["errors"][0]["code"], "reference_reused");
    let shown = show(&finance, id).await;
    assert_eq!((&shown["paid"], &shown["payments"].as_array().map(Vec::len)), (&yuan("90000.00"), &Some(2)));
}

#[tokio::test]
async fn partial_payments_fill_instalments_in_due_order_and_the_rest_is_credit() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    upload_camt(&finance, camt(&[credit("50000.00", "B1", COMPANY, "HT-2027-0001")])).await.ok();
    let shown = show(&finance, id).await;
    let paid: Vec<_> = shown["plan"].as_array().expect("a plan").iter().map(|one| one["paid"].clone()).collect();
    assert_eq!(paid, [yuan("30000.00"), yuan("20000.00"), yuan("0.00")]);
    assert_eq!((&shown["state"], &shown["node"]), (&"open".into(), &1.into()));

    upload_camt(&finance, camt(&[credit("50000.01", "B2", COMPANY, "HT-2027-0001")])).await.ok();
    let shown = show(&finance, id).await;
    assert_eq!((&shown["state"], &shown["credit"], &shown["node"]), (&"overpaid".into(), &yuan("0.01"), &5.into()));
    assert_eq!(shown["payments"][1]["credit_state"], "unallocated_credit");
    app.event::<ReceivableCleared>().await;
}

#[tokio::test]
async fn what_is_uncertain_waits_and_what_goes_out_is_ignored() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let debit = credit("5.00", "B2", "某银行", "手续费").replace("CRDT", "DBIT");
    let pending = credit("30000.00", "B3", COMPANY, "HT-2027-0001").replace("BOOK", "PDNG");
    let file = camt(&[
        credit("30000.00", "B1", "某某贸易", "货款"),
        debit,
        pending,
        credit("30000.00", "B4", COMPANY, "货款"),
    ]);
    let report = upload_camt(&finance, file).await.ok();
    let counts = ["matched", "queued", "ignored", "pending"].map(|name| report[name].as_i64());
    assert_eq!(counts, [Some(1), Some(1), Some(1), Some(1)]);
    let queue = finance.get("/api/bank-statements/entries?state=queued").await.ok();
    let waiting = &queue["items"][0];
    assert_eq!((&waiting["bank_reference"], &waiting["suggestions"][0]["score"]), (&"B1".into(), &35.into()));
    let ignored = finance.get("/api/bank-statements/entries?state=ignored").await.ok();
    assert!(ignored["items"][0]["explanation"][0]["zh"].as_str().is_some_and(|text| text.contains("支出")));
}

#[tokio::test]
async fn a_bad_entry_is_named_and_a_bad_file_changes_nothing() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let good = credit("30000.00", "B1", COMPANY, "HT-2027-0001");
    let bad = credit("3万", "B2", COMPANY, "HT-2027-0001");
    let report = upload_camt(&finance, camt(&[good.clone(), bad.clone()])).await.ok();
    assert_eq!((&report["matched"], &report["errors"][0]["field"]), (&1.into(), &"Ntry/Amt".into()));
    assert_eq!(report["errors"][0]["line"], 4);

    let broken = camt(&[credit("60000.00", "B3", COMPANY, "HT-2027-0001")]).replace("</Stmt>", "");
    let problem = upload_camt(&finance, broken).await.refused(400, "statement_malformed");
    assert!(problem["errors"][0]["field"].as_str().is_some_and(|field| field.starts_with("line ")), "{problem}");
    let bomb = "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>".to_owned();
    assert_eq!(
        upload_camt(&finance, bomb).await.refused(400, "statement_malformed")["errors"][0]["code"],
        "doctype_refused"
    );
    let other = camt(&[good]).replace("camt.053.001.02", "camt.054.001.02");
    assert_eq!(
        upload_camt(&finance, other).await.refused(400, "statement_malformed")["errors"][0]["code"],
        "unsupported_version"
    );
    upload_camt(&finance, camt(&[bad])).await.refused(400, "statement_malformed");
    upload(&finance, "/api/bank-statements", "application/json", "{}").await.refused(415, "statement_type_unsupported");
    let large = vec![b' '; 5 * 1024 * 1024];
    upload(&finance, "/api/bank-statements", "text/xml", large).await.refused(413, "too_large");
    assert_eq!(show(&finance, id).await["paid"], yuan("30000.00"));
}

#[tokio::test]
async fn two_imports_at_once_post_each_booking_once() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let entry = |n: u32| credit("100.00", &format!("B{n}"), COMPANY, "HT-2027-0001");
    let (low, high): (Vec<_>, Vec<_>) = ((0..20).map(entry).collect(), (10..30).map(entry).collect());
    let uploads = [camt(&low), camt(&high), camt(&low), camt(&high)].map(|file| upload_camt(&finance, file));
    let [a, b, c, d] = uploads;
    let answers = tokio::join!(a, b, c, d);
    let reports = [answers.0.ok(), answers.1.ok(), answers.2.ok(), answers.3.ok()];
    let matched: i64 = reports.iter().filter_map(|report| report["matched"].as_i64()).sum();
    assert_eq!((matched, show(&finance, id).await["paid"].clone()), (30, yuan("3000.00")));
}

#[tokio::test]
async fn only_finance_imports_and_reads_statements() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    upload_camt(&rep, camt(&[])).await.refused(403, "forbidden");
    rep.get("/api/bank-statements/entries").await.refused(403, "forbidden");
    rep.get("/api/bank-statements").await.refused(403, "forbidden");
    upload_camt(&finance(&app), camt(&[])).await.ok();
    let auditor = app.person(Role::Auditor, "/");
    assert_eq!(auditor.get("/api/bank-statements").await.ok()["items"][0]["format"], json!("camt053"));
}
