-- What a line's product is called in English, where the contract says; `name` is the Chinese.

alter table delivery.lines add column name_en text;
