use testkit::TestApp;

use crate::arrange::{ACCOUNT, COMPANY, camt, contract, credit, finance, receivable, show, upload, upload_camt, yuan};

fn file() -> String {
    format!(
        "交易日期,交易流水号,收入金额,支出金额,对方户名,附言\n\
         2027-01-05,B1,\"30,000.00\",,{COMPANY},HT-2027-0001\n\
         2027-01-05,B2,,5.00,某银行,手续费\n\
         昨天,B3,10.00,,{COMPANY},HT-2027-0001\n\
         2027-01-06,B4,12.00,,某某贸易,往来款\n"
    )
}

#[tokio::test]
async fn a_gbk_file_is_matched_like_any_other_and_its_bad_rows_are_named() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let text = file();
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    let path = format!("/api/bank-statements?account={ACCOUNT}");
    let report = upload(&finance, &path, "text/csv", gbk.to_vec()).await.ok();
    let counts = ["entries", "matched", "queued", "ignored"].map(|name| report[name].as_i64());
    assert_eq!(counts, [Some(3), Some(1), Some(1), Some(1)]);
    assert_eq!((&report["errors"][0]["line"], &report["errors"][0]["field"]), (&4.into(), &"booking_date".into()));

    let repeated = upload(&finance, &path, "text/csv; charset=utf-8", text).await.ok();
    assert_eq!((&repeated["matched"], &repeated["repeated"]), (&0.into(), &3.into()));
    let camt = upload_camt(&finance, camt(&[credit("30000.00", "B1", COMPANY, "HT-2027-0001 货款")])).await.ok();
    assert_eq!((&camt["matched"], &camt["repeated"]), (&0.into(), &1.into()), "the same booking in the other format");
    assert_eq!(show(&finance, id).await["paid"], yuan("30000.00"));
}

#[tokio::test]
async fn the_same_file_for_another_account_is_another_statement() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let text = format!("交易日期,交易流水号,收入金额,支出金额,对方户名,附言\n2027-01-05,B1,100.00,,{COMPANY},往来款\n");
    let import = async |account: &str| {
        upload(&finance, &format!("/api/bank-statements?account={account}"), "text/csv", text.clone()).await
    };
    let first = import("62220001").await.ok();
    let other = import("62220002").await.ok();
    assert_eq!(
        (&other["already_imported"], &other["queued"], &other["repeated"]),
        (&false.into(), &1.into(), &0.into())
    );
    for known in ["62220001", "6222%200001"] {
        let again = import(known).await.ok();
        assert_eq!((&again["already_imported"], &again["id"]), (&true.into(), &first["id"]), "{known}");
    }
    let queue = finance.get("/api/bank-statements/entries?state=queued").await.ok();
    assert_eq!(queue["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_file_without_account_or_columns_is_refused_with_what_is_missing() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let problem =
        upload(&finance, "/api/bank-statements", "text/csv", file()).await.refused(400, "statement_malformed");
    assert_eq!(problem["errors"][0]["field"], "account");
    let problem = upload(&finance, "/api/bank-statements?account=1", "text/csv", "a,b\n1,2\n").await;
    assert_eq!(problem.refused(400, "statement_malformed")["errors"][0]["field"], "交易日期 / booking_date");
}
