-- Which rows a transaction sees. Row-level security of every service calls these functions; the settings
-- they read are set per transaction (`read.rs`). Without settings nothing is visible.
--
--   sluice.tenant  uuid of the tenant
--   sluice.scope   none | own | team | subtree | all
--   sluice.org     path of the principal's node, '/' first and last
--   sluice.person  uuid of the person, API client or service
--   sluice.system  'on' for a service's own background work over all tenants
--
-- Each body is one stable expression, so that the planner inlines it; `return` binds names when the
-- function is created, so that no later search_path changes their meaning.

create function sluice_tenant() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('sluice.tenant', true), '')::uuid;

create function sluice_person() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('sluice.person', true), '')::uuid;

create function sluice_org() returns text
    language sql stable parallel safe
    return nullif(current_setting('sluice.org', true), '');

create function sluice_system() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('sluice.system', true), '') = 'on';

-- For rows that belong to a tenant and to nobody in it, and for `with check`: what may be written is
-- decided before, here only that it stays in the tenant.
create function sluice_in_tenant(tenant uuid) returns boolean
    language sql stable parallel safe
    return coalesce(sluice_system() or tenant = sluice_tenant(), false);

-- For rows with a node and, when somebody is responsible, an owner. Wider scopes include one's own rows.
create function sluice_visible(tenant uuid, org text, owner uuid) returns boolean
    language sql stable parallel safe
    return coalesce(
        sluice_system()
        or (
            tenant = sluice_tenant()
            and case current_setting('sluice.scope', true)
                when 'all' then true
                when 'subtree' then
                    coalesce(starts_with(org, sluice_org()), false) or coalesce(owner = sluice_person(), false)
                when 'team' then coalesce(org = sluice_org(), false) or coalesce(owner = sluice_person(), false)
                when 'own' then coalesce(owner = sluice_person(), false)
                else false
            end
        ),
        false
    );
