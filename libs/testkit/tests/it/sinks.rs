use std::time::{Duration, Instant};

use serde_json::json;
use testkit::{HttpSink, MailSink};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;

async fn post(sink: &HttpSink, path: &str) -> (u16, String) {
    // The first call in the process installs it; the others find it there.
    drop(rustls::crypto::ring::default_provider().install_default());
    let response = reqwest::Client::new().post(format!("{}{path}", sink.url())).json(&json!({"n": 1})).send().await;
    let response = response.expect("answered");
    (response.status().as_u16(), response.text().await.expect("a body"))
}

#[tokio::test]
async fn an_http_sink_records_and_answers_as_told() {
    let sink = HttpSink::start().await;
    sink.answer_at("/token", 200, json!({"token": "t"}));
    sink.answer(201, json!({"ok": true}));
    sink.fail_next(1, 429);
    assert_eq!(post(&sink, "/send?key=k").await.0, 429);
    assert_eq!(post(&sink, "/send?key=k").await, (201, json!({"ok": true}).to_string()));
    assert_eq!(post(&sink, "/token").await, (200, json!({"token": "t"}).to_string()));

    let received = sink.at_least(3).await;
    assert_eq!(received[1].target, "/send?key=k");
    assert_eq!(received[1].json(), json!({"n": 1}));
    assert_eq!(received[1].header("content-type"), "application/json");
    assert_eq!(received.iter().map(|request| request.answered).collect::<Vec<_>>(), [429, 201, 200]);
}

#[tokio::test]
async fn a_delayed_answer_comes_later() {
    let sink = HttpSink::start().await;
    sink.delay(Duration::from_millis(60));
    let start = Instant::now();
    post(&sink, "/").await;
    assert!(start.elapsed() >= Duration::from_millis(60));
}

struct Sender {
    lines: Lines<BufReader<tokio::net::tcp::OwnedReadHalf>>,
    write: tokio::net::tcp::OwnedWriteHalf,
}

impl Sender {
    async fn connect(sink: &MailSink) -> Self {
        let (read, write) = TcpStream::connect(("127.0.0.1", sink.port())).await.expect("connected").into_split();
        let mut sender = Self { lines: BufReader::new(read).lines(), write };
        assert_eq!(sender.answer().await, "220");
        sender
    }

    /// The code of the last line of an answer.
    async fn answer(&mut self) -> String {
        loop {
            let line = self.lines.next_line().await.expect("read").expect("open");
            if !line[3..].starts_with('-') {
                return line[..3].to_owned();
            }
        }
    }

    async fn say(&mut self, text: &str) -> String {
        self.write.write_all(format!("{text}\r\n").as_bytes()).await.expect("written");
        self.answer().await
    }

    async fn mail(&mut self, to: &str) -> String {
        self.say("MAIL FROM:<desk@example.com>").await;
        self.say(&format!("RCPT TO:<{to}>")).await;
        assert_eq!(self.say("DATA").await, "354");
        self.say("Subject: hello\r\n\r\n..dotted\r\n.").await
    }
}

#[tokio::test]
async fn a_mail_sink_records_and_refuses_as_told() {
    let sink = MailSink::start().await;
    let mut sender = Sender::connect(&sink).await;
    assert_eq!(sender.say("EHLO here").await, "250");
    assert_eq!(sender.say("AUTH PLAIN AGEAYg==").await, "235");
    sink.fail_next(1, 451);
    assert_eq!(sender.mail("one@example.com").await, "451");
    assert_eq!(sender.mail("two@example.com").await, "250");
    assert_eq!(sender.say("QUIT").await, "221");

    let mails = sink.at_least(1).await;
    assert_eq!(mails[0].from, "desk@example.com");
    assert_eq!(mails[0].to, ["two@example.com"]);
    assert_eq!(mails[0].text, "Subject: hello\r\n\r\n.dotted\r\n");
    assert_eq!(sink.refused_at_least(1).await, [451]);
}
