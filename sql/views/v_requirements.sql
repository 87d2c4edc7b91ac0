create view v_requirements as
select
    r.regulation,
    r.requirement,
    r.area,
    r.force,
    r.unit,
    r.routine,
    r.routine is null as lacks_routine,
    r.revised,
    r.next_revision,
    coalesce(r.next_revision < d.as_of, false) as is_past_revision,
    r.method,
    r.responsible,
    r.metrics,
    d.as_of
from loaded.requirements as r
left join v_deliveries as d on d.extract = 'requirements';

comment on view v_requirements is 'Kravmatrisen: en rad per krav i en författning, med rutinen som svarar mot det.';
comment on column v_requirements.lacks_routine is 'Kravet saknar rutin.';
comment on column v_requirements.is_past_revision is 'Rutinen skulle ha setts över.';
