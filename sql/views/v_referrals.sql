create view v_referrals as
select
    r.referral_id,
    r.person_id,
    r.unit,
    u.programme,
    r.area,
    r.kind,
    r.source,
    r.is_child_report,
    r.received,
    r.registered,
    r.protection_assessed,
    r.protection_due,
    coalesce(r.protection_assessed <= r.protection_due, false) as is_protection_assessed_in_time,
    r.decided,
    r.outcome,
    r.decided is null as is_open,
    r.joined_open_investigation,
    greatest(date_diff('day', r.received, coalesce(r.decided, d.as_of)), 0) as days,
    r.preassessment_due,
    case
        when r.is_child_report and not r.joined_open_investigation
            then greatest(date_diff('day', r.preassessment_due, coalesce(r.decided, d.as_of)), 0)
    end as days_over_deadline,
    r.special_reasons,
    r.gender,
    r.age_group,
    r.birth_year,
    s.case_id is not null as is_protected,
    r.source_system,
    d.as_of
from referrals as r
left join v_units as u on r.unit = u.unit
left join protected_cases as s on s.extract = 'referrals' and r.referral_id = s.case_id
left join v_deliveries as d on d.extract = 'referrals';

comment on view v_referrals is
'Aktualiseringar och förhandsbedömningar: en rad per aktualisering, med dagar och gräns. Innehåller ärendens id.';
comment on column v_referrals.is_protection_assessed_in_time is
'Skyddsbedömningen gjordes senast dagen efter att aktualiseringen kom in.';
comment on column v_referrals.is_open is 'Förhandsbedömningen är inte avgjord.';
comment on column v_referrals.days is
'Kalenderdagar från att den kom in till beslutet; för öppna till dagen i as_of.';
comment on column v_referrals.days_over_deadline is
'Dagar efter den fjortonde dagen; 0 när den är i tid. Tom för det som inte är en anmälan om ett barn.';
