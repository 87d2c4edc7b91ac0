create table referrals as
select
    referral_id,
    source_system,
    person_id,
    gender,
    birth_year,
    protected_identity,
    unit,
    area,
    kind,
    source,
    received,
    registered,
    protection_assessed,
    decided,
    outcome,
    special_reasons,
    age_group(received, birth_year) as age_group,
    is_listed('child_areas', area) and kind = 'anmälan' as is_child_report,
    coalesce(outcome = 'tillförd pågående utredning', false) as joined_open_investigation,
    received + 1 as protection_due,
    received + 14 as preassessment_due
from loaded.referrals;

comment on table referrals is 'Aktualiseringar: en rad per aktualisering.';
comment on column referrals.age_group is 'Åldersgrupp det år som aktualiseringen kom in.';
comment on column referrals.is_child_report is 'Anmälan inom något av barnområdena i config.toml (limits.child_areas).';
comment on column referrals.joined_open_investigation is 'Utfallet är tillförd pågående utredning.';
comment on column referrals.protection_due is
'Dagen efter att aktualiseringen kom in: sista dag för skyddsbedömningen.';
comment on column referrals.preassessment_due is
'Fjortonde dagen: sista dag för beslut om att inleda utredning eller inte.';
