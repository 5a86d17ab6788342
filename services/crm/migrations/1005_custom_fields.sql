-- Values of the fields that operations have added, by key.

alter table crm.customers add column custom jsonb not null default '{}';
alter table crm.opportunities add column custom jsonb not null default '{}';
alter table crm.visits add column custom jsonb not null default '{}';

create index customers_by_custom on crm.customers using gin (custom jsonb_path_ops);
create index opportunities_by_custom on crm.opportunities using gin (custom jsonb_path_ops);
create index visits_by_custom on crm.visits using gin (custom jsonb_path_ops);
