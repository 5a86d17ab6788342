-- One message to one recipient, because of one event. Holds ids and rendered text, never an address.
create table notifier.notifications (
    id              uuid primary key,
    tenant_id       uuid not null,
    org             text not null,
    recipient_kind  text not null check (recipient_kind in ('person', 'customer')),
    recipient_id    uuid not null,
    -- Why this recipient: a role's name, `owner` or `customer_contact`.
    role            text not null,
    template        text not null,
    -- In which channels send it.
    language        text not null,
    -- In both languages.
    title           jsonb not null,
    body            jsonb not null,
    -- Path in the console of the thing to do.
    link            text,
    urgent          boolean not null,
    cause_event_id  uuid not null,
    cause_type      text not null,
    correlation     uuid not null,
    created_at      timestamptz not null,
    acknowledged_at timestamptz,
    version         bigint not null default 0,
    unique (tenant_id, cause_event_id, recipient_id, template)
);
create index notifications_inbox on notifier.notifications (recipient_id, id desc);

-- Endpoints that receive events by the Standard Webhooks specification.
create table notifier.webhooks (
    id              uuid primary key,
    tenant_id       uuid not null,
    -- Only events at this node or below are sent; events without a node go to subscriptions at the root.
    org             text not null,
    owner_id        uuid not null,
    url             text not null,
    description     text not null,
    -- `*`, `lead.*`, `lead.assigned.v1`
    event_types     text[] not null,
    enabled         boolean not null,
    -- AES-256-GCM: what signs its messages, and what signed them before the last rotation.
    sealed_secret   bytea not null,
    sealed_previous bytea,
    previous_until  timestamptz,
    created_at      timestamptz not null,
    changed_at      timestamptz not null,
    version         bigint not null
);
create index webhooks_by_tenant on notifier.webhooks (tenant_id);

-- One outgoing message on one channel: of a notification, or an event for a webhook.
create table notifier.deliveries (
    id              uuid primary key,
    tenant_id       uuid not null,
    notification_id uuid references notifier.notifications,
    webhook_id      uuid references notifier.webhooks on delete cascade,
    channel         text not null,
    -- Channels to try, in order, when this one fails for good.
    fallback        text[] not null default '{}',
    -- fell_back: failed for good, another channel took over.
    state           text not null check (state in ('queued', 'sending', 'sent', 'fell_back', 'dead')),
    attempts        integer not null default 0,
    -- While sending: when another sender may take it over.
    next_attempt_at timestamptz not null,
    last_error      text,
    receipt         text,
    cause_event_id  uuid not null,
    cause_type      text not null,
    -- What a webhook is sent, byte for byte on every attempt.
    payload         text,
    correlation     uuid not null,
    traceparent     text,
    created_at      timestamptz not null,
    finished_at     timestamptz,
    -- Version of the aggregate when the delivery is one of its own (webhooks).
    version         bigint not null default 0,
    -- Set on robot messages: a group hears of an event once, however many of its members it concerns.
    group_key       text,
    check ((notification_id is null) <> (webhook_id is null)),
    unique (webhook_id, cause_event_id)
);
create index deliveries_due on notifier.deliveries (next_attempt_at) where state in ('queued', 'sending');
create index deliveries_by_state on notifier.deliveries (tenant_id, state, id desc);
create index deliveries_by_notification on notifier.deliveries (notification_id);
create index deliveries_by_webhook on notifier.deliveries (webhook_id, id desc);
create unique index deliveries_once_per_group on notifier.deliveries (tenant_id, cause_event_id, channel, group_key)
    where group_key is not null;

-- Every attempt and how it ended.
create table notifier.delivery_attempts (
    id          uuid primary key,
    tenant_id   uuid not null,
    delivery_id uuid not null references notifier.deliveries on delete cascade,
    at          timestamptz not null,
    -- sent or a stable error code
    outcome     text not null,
    -- HTTP or SMTP status, when there was an answer.
    status      integer,
    -- Beginning of a webhook endpoint's answer.
    excerpt     text
);
create index delivery_attempts_by_delivery on notifier.delivery_attempts (delivery_id, id);

do $$
declare t text;
begin
    foreach t in array array['notifications', 'webhooks', 'deliveries', 'delivery_attempts'] loop
        execute format('alter table notifier.%I enable row level security', t);
        execute format('alter table notifier.%I force row level security', t);
    end loop;
    foreach t in array array['deliveries', 'delivery_attempts'] loop
        execute format(
            'create policy tenant on notifier.%I using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))',
            t);
    end loop;
end $$;
create policy tenant on notifier.notifications
    using (sluice_visible(tenant_id, org, recipient_id)) with check (sluice_in_tenant(tenant_id));
create policy tenant on notifier.webhooks
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));
