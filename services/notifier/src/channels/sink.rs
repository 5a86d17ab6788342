//! In development every outgoing message ends in a table that people can look at.

use futures::future::BoxFuture;
use journal::{Caller, Journal};

use super::{Channel, Message, Receipt, SendError};
use crate::domain::address::mask;
use crate::domain::channel::ChannelKind;
use crate::store::sink::{self, SinkMessage};

pub struct Sink {
    pub journal: Journal,
    pub caller: Caller,
    pub kind: ChannelKind,
}

impl Sink {
    async fn deliver(&self, message: &Message) -> Result<Receipt, SendError> {
        let kept = SinkMessage {
            id: message.id,
            channel: self.kind.as_str().to_owned(),
            address: message.to.as_deref().map(mask),
            title: message.title.clone(),
            body: message.body.clone(),
            link: message.link.clone(),
            received_at: message.at,
        };
        self.keep(&kept).await.map_err(|error| SendError::temporary("sink", error.to_string()))?;
        Ok(Receipt { reference: Some("sink".into()), ..Receipt::default() })
    }

    async fn keep(&self, message: &SinkMessage) -> Result<(), journal::JournalError> {
        let mut write = self.journal.begin(&self.caller).await?;
        sink::insert(write.db(), self.caller.tenant().0, message).await?;
        write.commit(()).await
    }
}

impl Channel for Sink {
    fn send<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<Receipt, SendError>> {
        Box::pin(self.deliver(message))
    }
}
