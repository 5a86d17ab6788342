//! A mail server on loopback that records mails and fails as told. It speaks as much SMTP (RFC 5321) as senders need.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::recorded::Recorded;

/// One accepted mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// Headers and body as sent, with CRLF line ends.
    pub text: String,
}

/// Accepts every mail until told otherwise. Stops when dropped.
pub struct MailSink {
    port: u16,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    mails: Recorded<Mail>,
    refusals: Recorded<u16>,
    behaviour: Mutex<Behaviour>,
}

struct Behaviour {
    failures: usize,
    failure: u16,
    delay: Duration,
}

impl MailSink {
    /// Listens on a free port of the loopback.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let behaviour = Mutex::new(Behaviour { failures: 0, failure: 451, delay: Duration::ZERO });
        let shared = Arc::new(Shared { mails: Recorded::new(), refusals: Recorded::new(), behaviour });
        let server = tokio::spawn(serve(listener, shared.clone()));
        Self { port, shared, server }
    }

    /// The port on 127.0.0.1; plain SMTP without TLS, any user name and password.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The next `count` mails are refused with `code`: 4xx asks the sender to try later, 5xx is final.
    pub fn fail_next(&self, count: usize, code: u16) {
        let mut behaviour = self.shared.behaviour.lock().expect("not poisoned");
        (behaviour.failures, behaviour.failure) = (count, code);
    }

    /// Every mail is accepted or refused this much later.
    pub fn delay(&self, by: Duration) {
        self.shared.behaviour.lock().expect("not poisoned").delay = by;
    }

    /// Every mail accepted so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.shared.mails.all()
    }

    /// Every accepted mail, once there are at least `count`.
    pub async fn at_least(&self, count: usize) -> Vec<Mail> {
        self.shared.mails.at_least(count).await
    }

    /// The codes with which mails were refused, once there are at least `count`.
    pub async fn refused_at_least(&self, count: usize) -> Vec<u16> {
        self.shared.refusals.at_least(count).await
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Behaviour {
    /// The code that refuses the next mail, if one does.
    fn refusal(&mut self) -> Option<u16> {
        self.failures = self.failures.checked_sub(1)?;
        Some(self.failure)
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut sessions = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let session =
            Session { stream: BufReader::new(stream), shared: shared.clone(), from: String::new(), to: Vec::new() };
        sessions.spawn(session.run());
    }
}

struct Session {
    stream: BufReader<TcpStream>,
    shared: Arc<Shared>,
    from: String,
    to: Vec<String>,
}

impl Session {
    /// Ends at QUIT or when the sender goes away, which is no failure of the sink.
    async fn run(mut self) {
        let mut open = self.say("220 sink ready").await;
        while open {
            let Some(line) = self.line().await else { return };
            open = self.command(&line).await;
        }
    }

    async fn command(&mut self, line: &str) -> bool {
        let verb = line.get(..4).unwrap_or(line).to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => self.say("250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN").await,
            "AUTH" => self.say("235 welcome").await,
            "MAIL" => {
                (self.from, self.to) = (address(line), Vec::new());
                self.say("250 ok").await
            }
            "RCPT" => {
                self.to.push(address(line));
                self.say("250 ok").await
            }
            "DATA" => self.data().await,
            "HELO" | "RSET" | "NOOP" => self.say("250 ok").await,
            "QUIT" => {
                self.say("221 bye").await;
                false
            }
            _ => self.say("502 not known here").await,
        }
    }

    async fn data(&mut self) -> bool {
        if !self.say("354 go on").await {
            return false;
        }
        let mut text = String::new();
        loop {
            let Some(line) = self.line().await else { return false };
            if line == "." {
                break;
            }
            // A leading dot was doubled by the sender (RFC 5321, section 4.5.2).
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
        }
        self.decide(text).await
    }

    async fn decide(&mut self, text: String) -> bool {
        let (delay, refusal) = {
            let mut behaviour = self.shared.behaviour.lock().expect("not poisoned");
            (behaviour.delay, behaviour.refusal())
        };
        tokio::time::sleep(delay).await;
        if let Some(code) = refusal {
            self.shared.refusals.push(code);
            return self.say(&format!("{code} refused as told")).await;
        }
        let mail = Mail { from: std::mem::take(&mut self.from), to: std::mem::take(&mut self.to), text };
        self.shared.mails.push(mail);
        self.say("250 accepted").await
    }

    async fn say(&mut self, answer: &str) -> bool {
        self.stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_ok()
    }

    /// The next line without its end; none when the sender is gone.
    async fn line(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        let read = self.stream.read_until(b'\n', &mut bytes).await.ok()?;
        let text = String::from_utf8_lossy(&bytes);
        (read > 0).then(|| text.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// What stands between `<` and `>`.
fn address(line: &str) -> String {
    let start = line.find('<').map_or(0, |at| at + 1);
    let end = line.find('>').unwrap_or(line.len());
    line.get(start..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_stands_between_angle_brackets() {
        assert_eq!(address("MAIL FROM:<desk@example.com> BODY=8BITMIME"), "desk@example.com");
        assert_eq!(address("MAIL FROM:<>"), "");
    }
}
