//! Mail over SMTP.

use std::time::{Duration, SystemTime};

use futures::future::BoxFuture;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::client::public_addresses;
use super::{Channel, Message, Receipt, SendError};
use crate::domain::providers::{MailServer, TlsMode};
use crate::domain::target::BadTarget;

const ANSWER_WITHIN: Duration = Duration::from_secs(20);

pub struct Email {
    pub server: MailServer,
    pub allow_private: bool,
}

impl Email {
    async fn deliver(&self, message: &Message) -> Result<Receipt, SendError> {
        let mail = self.mail(message)?;
        if !self.allow_private {
            public_addresses(&self.server.host).await.map_err(not_public)?;
        }
        let answer = self.transport()?.send(mail).await.map_err(|error| refusal(&error))?;
        Ok(Receipt { status: Some(answer.code().into()), ..Receipt::default() })
    }

    fn mail(&self, message: &Message) -> Result<lettre::Message, SendError> {
        let from: Mailbox = self
            .server
            .from
            .parse()
            .map_err(|_| SendError::permanent("bad_sender", "the sender is no mail address"))?;
        let to = message.to.as_deref().unwrap_or_default().parse();
        let to: Mailbox =
            to.map_err(|_| SendError::permanent("bad_address", "the recipient has no usable mail address"))?;
        let id = format!("<{}@{}>", message.id, from.email.domain());
        lettre::Message::builder()
            .from(from)
            .to(to)
            .subject(message.title.as_str())
            .date(SystemTime::from(message.at))
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .body(message.plain_text())
            .map_err(|error| SendError::permanent("bad_mail", error.to_string()))
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, SendError> {
        let host = self.server.host.as_str();
        let builder = match self.server.tls {
            TlsMode::None => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)),
            TlsMode::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host),
            TlsMode::Implicit => AsyncSmtpTransport::<Tokio1Executor>::relay(host),
        };
        let builder = builder.map_err(|error| refusal(&error))?.port(self.server.port).timeout(Some(ANSWER_WITHIN));
        Ok(match (&self.server.username, &self.server.password) {
            (Some(user), Some(password)) => {
                builder.credentials(Credentials::new(user.clone(), password.clone())).build()
            }
            _ => builder.build(),
        })
    }
}

fn not_public(error: Box<dyn std::error::Error + Send + Sync>) -> SendError {
    if error.is::<BadTarget>() {
        return SendError::permanent("private_target", error.to_string());
    }
    SendError::temporary("unreachable", "the mail server's name cannot be resolved")
}

/// The server's text is left out: it often repeats the address.
fn refusal(error: &SmtpError) -> SendError {
    let status = error.status().map(u16::from);
    let reason = match status {
        Some(code) => format!("the mail server answered {code}"),
        None => "the mail server cannot be reached".to_owned(),
    };
    let error = if error.is_permanent() || error.is_client() {
        SendError::permanent("smtp", reason)
    } else {
        SendError::temporary("smtp", reason)
    };
    SendError { status, ..error }
}

impl Channel for Email {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<Receipt, SendError>> {
        Box::pin(self.deliver(message))
    }
}
