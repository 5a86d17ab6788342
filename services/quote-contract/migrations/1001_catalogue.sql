-- The product catalogue. Decimals (rates, quantities) are kept as text, exactly as entered.

create table quote_contract.products (
    tenant_id  uuid        not null,
    id         uuid        primary key,
    code       text        not null,
    name_zh    text        not null,
    name_en    text        not null,
    unit       text        not null,
    category   text        not null,
    tax_rate   text        not null,
    currency   text        not null,
    price      bigint      not null,
    cost       bigint      not null,
    number     integer     not null check (number > 0),
    version    bigint      not null check (version > 0),
    updated_at timestamptz not null,
    unique (tenant_id, code)
);

-- Every bill of materials that a price was computed from; never changed.
create table quote_contract.product_versions (
    tenant_id    uuid        not null,
    product_id   uuid        not null references quote_contract.products,
    number       integer     not null,
    bom          jsonb       not null,
    costing      jsonb       not null,
    published_at timestamptz not null,
    published_by uuid        not null,
    primary key (product_id, number)
);

-- Discount authority as operations has set it; the highest number is in force.
create table quote_contract.authorities (
    tenant_id uuid        not null,
    id        uuid        not null,
    number    integer     not null check (number > 0),
    limits    jsonb       not null,
    set_at    timestamptz not null,
    set_by    uuid        not null,
    primary key (tenant_id, number)
);

-- The last number given out, per tenant, kind and year.
create table quote_contract.counters (
    tenant_id uuid    not null,
    kind      text    not null,
    year      integer not null,
    last      bigint  not null,
    primary key (tenant_id, kind, year)
);

do $$
declare t text;
begin
    foreach t in array array['products', 'product_versions', 'authorities', 'counters'] loop
        execute format('alter table quote_contract.%I enable row level security', t);
        execute format('alter table quote_contract.%I force row level security', t);
        execute format('create policy tenant on quote_contract.%I using (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;
