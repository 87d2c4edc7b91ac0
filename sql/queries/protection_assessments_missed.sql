/* ---
about = """\
Vilka anmälningar om barn som inte skyddsbedömdes senast dagen efter att de kom in. Skyddade personuppgifter \
är utelämnade."""
parameters.since = { about = "inkomna från och med denna dag", kind = "day", default = "2026-01-01" }
parameters.unit = { about = "enhetens namn; alla enheter om inget anges", optional = true }
--- */
select
    referral_id,
    unit,
    source,
    received,
    protection_due,
    protection_assessed,
    date_diff('day', protection_due, coalesce(protection_assessed, as_of)) as days_late
from v_referrals
where
    is_child_report
    and received >= $since
    and protection_due < as_of
    and not is_protection_assessed_in_time
    and not is_protected
    and ($unit is null or lower(unit) = lower($unit))
order by protection_assessed is null desc, days_late desc, referral_id asc
