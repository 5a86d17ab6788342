-- Values of the fields that operations have added, by key. The quote's, not a revision's: they are not part of the promise.

alter table quote_contract.quotes add column custom jsonb not null default '{}';
create index quotes_by_custom on quote_contract.quotes using gin (custom jsonb_path_ops);
