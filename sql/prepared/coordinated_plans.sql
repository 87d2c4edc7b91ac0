create table coordinated_plans as
select
    sip_id,
    source_system,
    person_id,
    gender,
    birth_year,
    protected_identity,
    unit,
    cast(null as varchar) as area,
    established,
    participation,
    followed_up,
    age_group(established, birth_year) as age_group
from loaded.coordinated_plans;

comment on table coordinated_plans is 'Samordnade individuella planer (SIP): en rad per plan.';
comment on column coordinated_plans.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
comment on column coordinated_plans.age_group is 'Åldersgrupp det år som planen upprättades.';
