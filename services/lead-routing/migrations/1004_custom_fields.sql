-- Values of the fields that operations have added, by key.

alter table lead_routing.leads add column custom jsonb not null default '{}';
create index leads_by_custom on lead_routing.leads using gin (custom jsonb_path_ops);
