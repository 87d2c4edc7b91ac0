create view v_goals as
select
    g.direction,
    g.effect,
    g.delivery,
    g.metric,
    g.statistic,
    g.area,
    g.unit,
    g.target,
    g.better,
    g.valid_from,
    g.valid_to,
    coalesce(g.valid_from <= w.ends, true) and coalesce(g.valid_to >= w.ends, true) as is_valid
from loaded.goals as g
inner join windows as w on w.window_id = 'stock';

comment on view v_goals is 'Målträdet: en rad per leveransmål, mått och giltighetstid.';
comment on column v_goals.is_valid is 'Målet gäller på rapportperiodens sista dag.';
