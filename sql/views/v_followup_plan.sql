create view v_followup_plan as
select
    f.area,
    f.unit,
    f.goal,
    f.definition,
    f.method,
    f.level,
    f.responsible,
    f.schedule,
    f.metrics,
    f.requirement,
    f.kind
from loaded.followup_plan as f;

comment on view v_followup_plan is 'Uppföljningsplanen: en rad per sak som följs upp.';
