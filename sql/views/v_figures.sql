create view v_figures as
select
    f.metric,
    m.title,
    m.section,
    m.place,
    f.statistic,
    f.statistic = m.judged as is_judged,
    f.window_id,
    w.series,
    w.kind as window_kind,
    w.series = 'report' as is_report,
    w.starts,
    w.ends,
    f.level,
    f.org,
    f.breakdown,
    f.category,
    f.numerator,
    f.denominator,
    f.value,
    m.unit,
    f.ci_low,
    f.ci_high,
    f.target,
    f.status,
    m.better,
    m.demanded_by_law
from figures as f
inner join windows as w on f.window_id = w.window_id
inner join metrics as m on f.metric = m.metric;

comment on view v_figures is
'Alla siffror i körningen med titlar och datum. Inget är dolt: små grupper står i klartext, så lämna inte ut dem.';
comment on column v_figures.place is 'Måttets plats i rapporten.';
comment on column v_figures.is_judged is 'Siffran är av den statistik som bedöms mot målet.';
comment on column v_figures.window_kind is
'Slag av fönster: stock avser läget på sista dagen; tertial, half, quarter, ytd, r12, month och year det som hänt.';
comment on column v_figures.is_report is 'Fönstret är rapportperiodens eget.';
comment on column v_figures.starts is 'Mätfönstrets första dag.';
comment on column v_figures.ends is 'Mätfönstrets sista dag, som siffran avser.';
comment on column v_figures.unit is 'Vad värdet är uttryckt i, till exempel andel, antal eller dagar.';
