-- A tenant's provider for a channel.
create table notifier.channel_settings (
    -- What has a life of its own in the journal has an id and a version.
    id         uuid not null unique,
    tenant_id  uuid not null,
    channel    text not null,
    enabled    boolean not null,
    settings   jsonb not null,
    -- AES-256-GCM of a JSON object: the settings that are secret. They are never shown again.
    sealed     bytea,
    changed_by uuid not null,
    changed_at timestamptz not null,
    version    bigint not null,
    primary key (tenant_id, channel)
);

-- A tenant's rules instead of the default ones.
create table notifier.rule_sets (
    tenant_id  uuid primary key,
    id         uuid not null unique,
    rules      jsonb not null,
    changed_by uuid not null,
    changed_at timestamptz not null,
    version    bigint not null
);

create table notifier.preferences (
    tenant_id     uuid not null,
    person_id     uuid not null,
    -- Outgoing channels this person does not want.
    channels_off  text[] not null,
    quiet_from    time,
    quiet_to      time,
    -- Urgent messages come in quiet hours too.
    urgent_bypass boolean not null,
    changed_at    timestamptz not null,
    version       bigint not null,
    primary key (tenant_id, person_id),
    check ((quiet_from is null) = (quiet_to is null))
);

-- Where outgoing messages end in development.
create table notifier.sink_messages (
    -- The delivery's id: sent again, shown once.
    id           uuid primary key,
    tenant_id    uuid not null,
    channel      text not null,
    -- The address with its middle hidden.
    address      text,
    title        text not null,
    body         text not null,
    link         text,
    received_at  timestamptz not null
);
create index sink_messages_newest on notifier.sink_messages (tenant_id, id desc);

do $$
declare t text;
begin
    foreach t in array array['channel_settings', 'rule_sets', 'preferences', 'sink_messages'] loop
        execute format('alter table notifier.%I enable row level security', t);
        execute format('alter table notifier.%I force row level security', t);
        execute format(
            'create policy tenant on notifier.%I using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))',
            t);
    end loop;
end $$;
