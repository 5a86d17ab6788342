-- Fields that operations add to records. Key, resource and type never change: values that are stored stay readable.

create table custom_fields (
    tenant_id  uuid        not null,
    id         uuid        primary key,
    resource   text        not null check (resource in ('customer', 'opportunity', 'visit', 'lead', 'quote')),
    key        text        not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    type       text        not null check (type in ('text', 'number', 'date', 'yes_no', 'choice')),
    label_zh   text        not null,
    label_en   text        not null,
    choices    text[]      not null,
    required   boolean     not null,
    position   integer     not null,
    -- Out of use: no form asks for it; what records hold stays.
    retired    boolean     not null,
    version    bigint      not null check (version > 0),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint custom_fields_key unique (tenant_id, resource, key)
);

alter table custom_fields enable row level security;
alter table custom_fields force row level security;
create policy tenant on custom_fields using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
