-- Keys with which other systems call the API.

create table gateway.api_keys (
    id uuid primary key,
    tenant_id uuid not null references gateway.tenants (id),
    -- The part of the key that is not secret.
    public_id text not null unique,
    -- SHA-256 of the secret part.
    secret_hash bytea not null,
    name text not null,
    role text not null,
    org text not null,
    issued_by uuid not null,
    issued_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    version bigint not null,
    foreign key (tenant_id, org) references gateway.org_units (tenant_id, path)
);

create index api_keys_list on gateway.api_keys (tenant_id, id);

-- Short-lived tokens handed out for a key (OAuth 2.0 client credentials).
create table gateway.access_tokens (
    token_hash bytea primary key,
    tenant_id uuid not null,
    api_key_id uuid not null references gateway.api_keys (id),
    expires_at timestamptz not null
);

create index access_tokens_expiry on gateway.access_tokens (expires_at);

alter table gateway.api_keys enable row level security;
alter table gateway.api_keys force row level security;
create policy tenant on gateway.api_keys
    using (sluice_visible(tenant_id, org, id)) with check (sluice_in_tenant(tenant_id));

alter table gateway.access_tokens enable row level security;
alter table gateway.access_tokens force row level security;
create policy tenant on gateway.access_tokens
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
