/* ---
about = "Vilka förhandsbedömningar av oro för barn som pågår, de äldsta först. Skyddade personuppgifter är utelämnade."
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    referral_id,
    unit,
    source,
    received,
    days,
    preassessment_due,
    days_over_deadline,
    special_reasons,
    as_of
from v_referrals
where
    is_child_report
    and is_open
    and not joined_open_investigation
    and not is_protected
    and ($unit is null or lower(unit) = lower($unit))
order by days desc, referral_id asc
