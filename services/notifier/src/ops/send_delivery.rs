//! Sends one claimed delivery and records how it ended. Nothing is locked while it is under way.

use journal::Caller;
use kernel::{Scope, TenantId};
use runtime::peers::PeerError;
use tonic::Code;

use super::record_outcome::record_outcome;
use super::secrets::open_signing;
use super::{lookups, setup};
use crate::app::State;
use crate::channels::dingtalk::DingTalk;
use crate::channels::email::Email;
use crate::channels::gateway::HttpGateway;
use crate::channels::sink::Sink;
use crate::channels::webhook::Webhook;
use crate::channels::wecom::Wecom;
use crate::channels::{Channel, Message, Receipt, SendError};
use crate::config::Mode;
use crate::domain::channel::ChannelKind;
use crate::domain::format::Language;
use crate::domain::providers::Provider;
use crate::error::NotifierError;
use crate::store::claims::{Claimed, Content, Letter, Post};
use crate::store::notifications::RecipientKind;

#[tracing::instrument(name = "notifier.send_delivery", skip_all, fields(delivery = %delivery.id))]
pub async fn send_delivery(state: &State, caller: &Caller, delivery: Claimed) -> Result<(), NotifierError> {
    let outcome = attempt(state, caller, &delivery).await?;
    match &outcome {
        Ok(_) => tracing::info!(channel = %delivery.channel, "sent"),
        Err(error) => tracing::warn!(channel = %delivery.channel, code = error.code, reason = error.reason, "not sent"),
    }
    record_outcome(state, caller, &delivery, outcome).await
}

/// The outer error is ours (the database); the inner one is the channel's.
async fn attempt(
    state: &State,
    caller: &Caller,
    delivery: &Claimed,
) -> Result<Result<Receipt, SendError>, NotifierError> {
    let channel = match open(state, caller, delivery).await? {
        Ok(channel) => channel,
        Err(error) => return Ok(Err(error)),
    };
    Ok(match message(state, delivery).await {
        Ok(message) => channel.send(&message).await,
        Err(error) => Err(error),
    })
}

/// The adapter for the delivery's channel, as the tenant has set it up.
async fn open(
    state: &State,
    caller: &Caller,
    delivery: &Claimed,
) -> Result<Result<Box<dyn Channel>, SendError>, NotifierError> {
    if let Content::Webhook(post) = &delivery.content
        && !post.enabled
    {
        return Ok(Err(SendError::permanent("webhook_disabled", "the webhook is switched off")));
    }
    if state.settings.mode == Mode::Sink {
        let sink = Sink { journal: state.journal.clone(), caller: caller.clone(), kind: delivery.channel };
        return Ok(Ok(Box::new(sink)));
    }
    if let Content::Webhook(post) = &delivery.content {
        return Ok(webhook(state, post).map(|webhook| Box::new(webhook) as Box<dyn Channel>));
    }
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    match setup::provider(state, &mut tx, caller.tenant(), delivery.channel).await {
        Ok(Some(provider)) => Ok(Ok(adapter(state, provider))),
        Ok(None) => Ok(Err(SendError::permanent("channel_not_configured", "no provider is set up for this channel"))),
        Err(NotifierError::Sealed(_)) => Ok(Err(sealed_otherwise())),
        Err(error) => Err(error),
    }
}

/// A wrong key is put right by whoever runs the service: until then trying again is what can be done.
fn sealed_otherwise() -> SendError {
    SendError::temporary("bad_secret", "the stored secret does not open with the configured key")
}

fn adapter(state: &State, provider: Provider) -> Box<dyn Channel> {
    let (client, allow_private) = (state.outside.clone(), state.settings.allow_private_targets);
    match provider {
        Provider::Email(server) => Box::new(Email { server, allow_private }),
        Provider::Wecom(robot) => Box::new(Wecom { client, robot, allow_private }),
        Provider::Dingtalk(robot) => Box::new(DingTalk { client, robot, allow_private }),
        Provider::Sms(gateway) => Box::new(HttpGateway { client, kind: ChannelKind::Sms, gateway, allow_private }),
        Provider::Voice(gateway) => Box::new(HttpGateway { client, kind: ChannelKind::Voice, gateway, allow_private }),
    }
}

fn webhook(state: &State, post: &Post) -> Result<Webhook, SendError> {
    let previous = post.sealed_previous.iter().filter(|(_, until)| state.clock.now() < *until);
    let sealed = std::iter::once(&post.sealed_secret).chain(previous.map(|(sealed, _)| sealed));
    let secrets: Result<Vec<String>, _> = sealed.map(|sealed| open_signing(state, post.webhook_id, sealed)).collect();
    Ok(Webhook {
        client: state.outside.clone(),
        url: post.url.clone(),
        secrets: secrets.map_err(|_| sealed_otherwise())?,
        allow_private: state.settings.allow_private_targets,
    })
}

async fn message(state: &State, delivery: &Claimed) -> Result<Message, SendError> {
    let (id, at) = (delivery.id, state.clock.now());
    match &delivery.content {
        Content::Webhook(post) => Ok(Message {
            id,
            to: None,
            title: delivery.cause_type.clone(),
            body: post.payload.clone(),
            link: None,
            language: Language::English,
            at,
        }),
        Content::Notification(letter) => Ok(Message {
            id,
            to: address(state, delivery.tenant, delivery.channel, letter).await?,
            title: letter.title.clone(),
            body: letter.body.clone(),
            link: letter.link.as_ref().map(|path| format!("{}{path}", state.settings.public_url)),
            language: Language::of(&letter.language),
            at,
        }),
    }
}

/// Looked up anew for every attempt: nothing here keeps addresses, and people change them.
async fn address(
    state: &State,
    tenant: TenantId,
    channel: ChannelKind,
    letter: &Letter,
) -> Result<Option<String>, SendError> {
    if channel.speaks_to_a_group() {
        return Ok(None);
    }
    let (email, phone) = match letter.recipient_kind {
        RecipientKind::Person => person_address(state, tenant, letter).await,
        RecipientKind::Customer => customer_address(state, tenant, letter).await,
    }
    .map_err(|error| not_looked_up(&error))?;
    let address = if channel == ChannelKind::Email { email } else { phone };
    if address.is_empty() {
        return Err(SendError::permanent("no_address", "the recipient has no address for this channel"));
    }
    Ok(Some(address))
}

async fn person_address(state: &State, tenant: TenantId, letter: &Letter) -> Result<(String, String), PeerError> {
    let question = contracts::gateway::v1::GetPersonRequest { person_id: letter.recipient_id.to_string() };
    let question = state.peers.ask(tenant, question)?;
    let person = state.peers.directory()?.get_person(question).await?.into_inner().person.unwrap_or_default();
    Ok((person.email, person.phone))
}

async fn customer_address(state: &State, tenant: TenantId, letter: &Letter) -> Result<(String, String), PeerError> {
    let customer = lookups::customer_of(state, tenant, &letter.recipient_id.to_string()).await?;
    Ok((customer.contact_email, customer.contact_phone))
}

fn not_looked_up(error: &PeerError) -> SendError {
    match error {
        PeerError::Refused(status) if status.code() == Code::NotFound => {
            SendError::permanent("no_address", "the recipient is not known any more")
        }
        _ => SendError::temporary("directory_unreachable", "the recipient's address cannot be looked up now"),
    }
}
