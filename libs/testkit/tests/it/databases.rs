use testkit::{Template, TestDatabase};

fn template() -> Template {
    Template::new().service("crm", &[&journal::MIGRATOR])
}

#[tokio::test]
async fn two_tests_do_not_see_each_other() {
    let template = template();
    let (one, two) = tokio::join!(TestDatabase::new(&template), TestDatabase::new(&template));
    sqlx::raw_sql("create table only_here (id int)").execute(&mut one.admin().await).await.expect("created");
    let seen: bool = sqlx::query_scalar("select to_regclass('only_here') is not null")
        .fetch_one(&mut two.admin().await)
        .await
        .expect("looked");
    assert!(!seen);
}

#[tokio::test]
async fn a_service_works_in_its_own_schema() {
    let database = TestDatabase::new(&template()).await;
    let pool = database.pool("crm").await;
    let who: (String, String, String) =
        sqlx::query_as("select current_user::text, current_schema()::text, current_setting('application_name')")
            .fetch_one(&pool)
            .await
            .expect("asked");
    assert_eq!(who, ("crm".to_owned(), "crm".to_owned(), "crm".to_owned()));
}

#[tokio::test]
async fn a_dropped_database_is_gone_even_while_a_pool_is_open() {
    let (kept, dropped) = (TestDatabase::new(&template()).await, TestDatabase::new(&template()).await);
    let pool = dropped.pool("crm").await;
    let name: String = sqlx::query_scalar("select current_database()::text").fetch_one(&pool).await.expect("asked");
    drop(dropped);
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(&mut kept.admin().await)
        .await
        .expect("looked");
    assert!(!exists);
}
