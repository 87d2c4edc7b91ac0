create view v_windows as
select
    w.window_id,
    w.series,
    w.kind,
    w.series = 'report' as is_report,
    w.starts,
    w.ends,
    case
        when w.kind = 'stock' then strftime(w.ends, '%Y-%m-%d')
        else strftime(w.starts, '%Y-%m-%d') || '–' || strftime(w.ends, '%Y-%m-%d')
    end as dates,
    w.prior_starts,
    w.prior_ends
from windows as w;

comment on view v_windows is 'Mätfönster: de tider och dagar som måtten räknas för, en rad per fönster.';
comment on column v_windows.is_report is 'Fönstret är rapportperiodens eget: det som bedöms och står i resultat.csv.';
comment on column v_windows.dates is 'Dagarna i klartext, till exempel 2026-05-01–2026-08-31; för ett läge bara dagen.';
