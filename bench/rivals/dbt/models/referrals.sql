with texts as (
    select distinct *
    from read_csv('{{ var("raw") }}/aktualiseringar*.csv', delim = ';', header = true, all_varchar = true)
),

typed as (
    select
        "Aktualiserings-ID" as referral_id,
        "Källsystem" as source_system,
        "Enhet" as unit,
        "Verksamhetsområde" as area,
        lower("Typ") as kind,
        lower("Beslut förhandsbedömning") as outcome,
        lower("Synnerliga skäl") as special_reasons,
        lower("Skyddade personuppgifter") as protected_identity,
        lower("Kön") as gender,
        "Födelseår" as birth_year,
        "Person-ID" as person_id,
        try_strptime("Inkommen", '%Y-%m-%d') as received,
        try_strptime(left("Registrerad", 10), '%Y-%m-%d') as registered,
        "Registrerad" as registered_text,
        try_strptime("Skyddsbedömning datum", '%Y-%m-%d') as protection_assessed,
        "Skyddsbedömning datum" as protection_text,
        try_strptime("Beslut förhandsbedömning datum", '%Y-%m-%d') as decided,
        "Beslut förhandsbedömning datum" as decided_text
    from texts
),

judged as (
    select
        *,
        person_id is null or unit is null or area is null or kind is null or received is null
        or (registered_text is not null and registered is null)
        or (protection_text is not null and protection_assessed is null)
        or (decided_text is not null and decided is null)
        or not coalesce(received between date '1900-01-01' and date '2026-09-11', true)
        or not coalesce(registered between date '1900-01-01' and date '2026-09-11', true)
        or not coalesce(protection_assessed between date '1900-01-01' and date '2026-09-11', true)
        or not coalesce(decided between date '1900-01-01' and date '2026-09-11', true)
        or coalesce(decided < received or protection_assessed < received, false)
        or coalesce(not regexp_full_match(birth_year, '\d{1,9}'), false)
        or kind not in (
            'anmälan', 'ansökan', 'information på annat sätt', 'begäran om yttrande', 'överflyttning', 'övrigt'
        )
        or coalesce(
            outcome not in ('utredning inleds', 'utredning inleds inte', 'tillförd pågående utredning'), false
        )
        or coalesce(gender not in ('kvinna', 'man', 'okänt'), false)
        or coalesce(special_reasons not in ('ja', 'nej', 'j', 'n', '1', '0', 'true', 'false'), false)
        or coalesce(protected_identity not in ('ja', 'nej', 'j', 'n', '1', '0', 'true', 'false'), false) as is_faulty,
        count(*) over (partition by source_system, referral_id) > 1 as is_contradicted
    from typed
    where referral_id is not null
)

select *
from judged
