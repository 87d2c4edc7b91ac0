{% set last_day = "date '2026-08-31'" %}
with windows (name, starts) as (
    values ('tertial', date '2026-05-01'), ('ytd', date '2026-01-01'), ('r12', date '2025-09-01')
),

i as (
    select
        unit,
        area,
        coalesce(gender, 'okänt') as gender,
        opened,
        case when closed <= {{ last_day }} then closed end as closed,
        opened + interval 3 month as three,
        opened + interval 4 month as four,
        area = 'Barn och unga' and coalesce(lower(kind), '') not in (
            'ekonomiskt bistånd', 'familjerätt', 'vårdnad', 'boende', 'umgänge', 'adoption', 'faderskap',
            'familjehemsutredning', 'yttrande', 'lss'
        ) as is_child
    from {{ ref('investigations') }}
    where not is_faulty and not is_contradicted
),

r as (
    select
        unit,
        area,
        coalesce(gender, 'okänt') as gender,
        received,
        decided,
        protection_assessed,
        area = 'Barn och unga' and kind = 'anmälan' as is_report,
        coalesce(outcome, '') = 'tillförd pågående utredning' and (decided is null or decided <= {{ last_day }}) as is_joined
    from {{ ref('referrals') }}
    where not is_faulty and not is_contradicted
),

cases as (
    select 'investigations_open' as metric, 'stock' as window_name, unit, area, gender, null::double as value
    from i
    where opened <= {{ last_day }} and closed is null
    union all by name
    select 'investigations_opened' as metric, name as window_name, unit, area, gender, null as value
    from i inner join windows on opened between starts and {{ last_day }}
    union all by name
    select 'investigation_days' as metric, name as window_name, unit, area, gender, date_diff('day', opened, closed) as value
    from i inner join windows on closed between starts and {{ last_day }}
    union all by name
    select
        'investigation_within_120_days' as metric, name as window_name, unit, area, gender,
        (date_diff('day', opened, closed) <= 120)::int as value
    from i inner join windows on closed between starts and {{ last_day }}
    where is_child
    union all by name
    select
        'investigation_within_3_months' as metric, name as window_name, unit, area, gender, (closed <= three)::int as value
    from i inner join windows on closed between starts and {{ last_day }}
    union all by name
    select
        'investigation_within_4_months' as metric, name as window_name, unit, area, gender,
        coalesce(closed <= four, false)::int as value
    from i inner join windows on four between starts and {{ last_day }}
    where is_child
    union all by name
    select 'referrals' as metric, name as window_name, unit, area, gender, null as value
    from r inner join windows on received between starts and {{ last_day }}
    union all by name
    select
        'preassessment_within_14_days' as metric, name as window_name, unit, area, gender,
        coalesce(decided <= received + interval 14 day, false)::int as value
    from r inner join windows on received + interval 14 day between starts and {{ last_day }}
    where is_report and not is_joined
    union all by name
    select
        'protection_assessed_by_next_day' as metric, name as window_name, unit, area, gender,
        coalesce(protection_assessed <= received + interval 1 day, false)::int as value
    from r inner join windows on received + interval 1 day between starts and {{ last_day }}
    where is_report
),

cells as (
    select
        metric, window_name, unit, area, gender,
        count(*) as n, avg(value) as mean, median(value) as median, quantile_cont(value, 0.9) as p90
    from cases
    group by grouping sets (
        (metric, window_name), (metric, window_name, area), (metric, window_name, gender), (metric, window_name, unit)
    )
),

named as (
    select
        *,
        window_name || '|' || case when unit is null then '1||' else '3|' || unit || '|' end
        || case when area is not null then 'area|' || area when gender is not null then 'gender|' || gender else '|' end
            as place
    from cells
)

select metric || '|count|' || place as key, n as value from named
where metric in ('investigations_open', 'investigations_opened', 'referrals')
union all
select metric || '|share|' || place as key, mean as value from named
where metric like '%within%' or metric like '%by_next_day'
union all
select metric || '|mean|' || place as key, mean as value from named where metric = 'investigation_days'
union all
select metric || '|median|' || place as key, median as value from named where metric = 'investigation_days'
union all
select metric || '|p90|' || place as key, p90 as value from named where metric = 'investigation_days'
