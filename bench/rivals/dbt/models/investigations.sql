with texts as (
    select distinct *
    from read_csv('{{ var("raw") }}/utredningar*.csv', delim = ';', header = true, all_varchar = true)
),

typed as (
    select
        "Utrednings-ID" as investigation_id,
        "Källsystem" as source_system,
        "Person-ID" as person_id,
        "Enhet" as unit,
        "Verksamhetsområde" as area,
        "Utredningstyp" as kind,
        lower("Resultat") as outcome,
        lower("Skyddade personuppgifter") as protected_identity,
        lower("Kön") as gender,
        "Födelseår" as birth_year,
        try_strptime("Inledd", '%Y-%m-%d') as opened,
        try_strptime("Avslutad", '%Y-%m-%d') as closed,
        "Avslutad" as closed_text,
        try_strptime("Förlängning beslutad", '%Y-%m-%d') as extended,
        "Förlängning beslutad" as extended_text,
        try_strptime("Förlängd till", '%Y-%m-%d') as extended_until,
        "Förlängd till" as until_text
    from texts
),

judged as (
    select
        *,
        person_id is null or unit is null or area is null or opened is null
        or (closed_text is not null and closed is null)
        or (extended_text is not null and extended is null)
        or (until_text is not null and extended_until is null)
        or not coalesce(opened between date '1900-01-01' and date '2026-09-11', true)
        or not coalesce(closed between date '1900-01-01' and date '2026-09-11', true)
        or not coalesce(extended between date '1900-01-01' and date '2026-09-11', true)
        or coalesce(extended_until < date '1900-01-01', false)
        or coalesce(closed < opened or extended < opened, false)
        or coalesce(not regexp_full_match(birth_year, '\d{1,9}'), false)
        or coalesce(outcome not in ('insats', 'ingen insats', 'avbruten', 'övrigt'), false)
        or coalesce(gender not in ('kvinna', 'man', 'okänt'), false)
        or coalesce(protected_identity not in ('ja', 'nej', 'j', 'n', '1', '0', 'true', 'false'), false) as is_faulty,
        count(*) over (partition by source_system, investigation_id) > 1 as is_contradicted
    from typed
    where investigation_id is not null
)

select *
from judged
