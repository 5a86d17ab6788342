-- Who is signed in, with what second factor, and who tried too often.

create table gateway.sessions (
    id uuid primary key,
    tenant_id uuid not null,
    person_id uuid not null references gateway.people (id),
    -- SHA-256 of the token; the token itself is never stored.
    token_hash bytea not null unique,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    stepped_up_until timestamptz
);

create index sessions_person on gateway.sessions (person_id);
create index sessions_expiry on gateway.sessions (expires_at);

create table gateway.second_factors (
    person_id uuid primary key references gateway.people (id),
    tenant_id uuid not null,
    -- Nonce and AES-256-GCM ciphertext of the TOTP secret that counts.
    secret bytea,
    -- The same of one that waits for its first code.
    pending_secret bytea,
    -- A code counts once, and none of an earlier step after it.
    last_step bigint,
    failures integer not null default 0,
    blocked_until timestamptz,
    enrolled_at timestamptz
);

-- Hashes of tenant, login and address: belongs to no tenant, because the login may not exist.
create table gateway.sign_in_attempts (
    key_hash bytea primary key,
    failures integer not null,
    blocked_until timestamptz,
    last_at timestamptz not null,
    -- The login was signed in from the address.
    succeeded_at timestamptz
);

-- What strangers may still try at one login, and from one address. Keys are hashes, as above.
create table gateway.sign_in_quotas (
    key_hash bytea primary key,
    -- When everything that was used up has come back.
    full_at timestamptz not null
);

-- One authorisation request under way at an OpenID provider.
create table gateway.oidc_requests (
    state_hash bytea primary key,
    tenant_id uuid not null references gateway.tenants (id),
    provider text not null,
    nonce text not null,
    pkce_verifier text not null,
    -- SHA-256 of the cookie that ties the request to the browser that started it.
    browser_hash bytea not null,
    return_to text not null,
    expires_at timestamptz not null
);

-- Which subject of a provider is which person, once its verified e-mail address has said so.
create table gateway.identities (
    provider text not null,
    subject text not null,
    tenant_id uuid not null,
    person_id uuid not null references gateway.people (id),
    linked_at timestamptz not null,
    primary key (tenant_id, provider, subject)
);

alter table gateway.sessions enable row level security;
alter table gateway.sessions force row level security;
create policy tenant on gateway.sessions
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

alter table gateway.second_factors enable row level security;
alter table gateway.second_factors force row level security;
create policy tenant on gateway.second_factors
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

alter table gateway.sign_in_attempts enable row level security;
alter table gateway.sign_in_attempts force row level security;
create policy system on gateway.sign_in_attempts
    using (sluice_system()) with check (sluice_system());

alter table gateway.sign_in_quotas enable row level security;
alter table gateway.sign_in_quotas force row level security;
create policy system on gateway.sign_in_quotas
    using (sluice_system()) with check (sluice_system());

alter table gateway.oidc_requests enable row level security;
alter table gateway.oidc_requests force row level security;
create policy tenant on gateway.oidc_requests
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

alter table gateway.identities enable row level security;
alter table gateway.identities force row level security;
create policy tenant on gateway.identities
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
