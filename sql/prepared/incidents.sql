create table incidents as
select
    i.incident_id,
    i.source_system,
    i.unit,
    cast(null as varchar) as area,
    i.kind,
    i.feedback,
    i.submitter,
    case when i.external then 'ja' when not i.external then 'nej' end as external,  -- noqa: RF04
    i.category,
    i.received,
    cast(i.severity as varchar) as severity,
    cast(i.recurrence as varchar) as recurrence,
    cast(i.severity as varchar) || ' × ' || cast(i.recurrence as varchar) as severity_recurrence,
    i.serious,
    i.reported_to_ivo,
    i.cause,
    i.action,
    i.closed,
    i.investigation_id,
    i.received + l.incident_days as open_limit
from loaded.incidents as i
cross join limits as l;

comment on table incidents is 'Avvikelser, synpunkter, lex Sarah och liknande: en rad per ärende.';
comment on column incidents.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
comment on column incidents.external is 'Om ärendet kom från någon utanför verksamheten: ja eller nej.';
comment on column incidents.severity is 'Allvarlighetsgrad 1–4 som text.';
comment on column incidents.recurrence is 'Risk för upprepning 1–4 som text.';
comment on column incidents.severity_recurrence is
'Allvarlighetsgrad × risk för upprepning, till exempel 4 × 2; tomt när någon av dem saknas.';
comment on column incidents.open_limit is 'Sista dagen som ärendet får vara öppet (limits.incident_days).';
