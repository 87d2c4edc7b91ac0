create view v_incidents as
select
    i.incident_id,
    i.unit,
    u.programme,
    u.area,
    i.kind,
    i.category,
    i.feedback,
    i.submitter,
    i.external,
    i.received,
    i.closed,
    i.closed is null as is_open,
    greatest(date_diff('day', i.received, coalesce(i.closed, d.as_of)), 0) as days,
    i.open_limit as deadline,
    coalesce(i.closed, d.as_of) > i.open_limit as is_over_deadline,
    i.severity,
    i.recurrence,
    i.severity_recurrence,
    i.serious,
    i.reported_to_ivo,
    i.cause,
    i.action,
    i.investigation_id,
    s.case_id is not null as is_protected,
    i.source_system,
    d.as_of
from incidents as i
left join v_units as u on i.unit = u.unit
left join protected_cases as s on s.extract = 'incidents' and i.incident_id = s.case_id
left join v_deliveries as d on d.extract = 'incidents';

comment on view v_incidents is
'Avvikelser, synpunkter, lex Sarah och liknande: en rad per ärende. Innehåller ärendens id och fria texter.';
comment on column v_incidents.is_open is 'Ärendet är inte avslutat.';
comment on column v_incidents.days is
'Kalenderdagar från att ärendet kom in till att det avslutades; för öppna till dagen i as_of.';
comment on column v_incidents.deadline is 'Sista dagen som ärendet får vara öppet (limits.incident_days).';
comment on column v_incidents.is_over_deadline is 'Ärendet avslutades för sent, eller är öppet efter sista dag.';
comment on column v_incidents.area is
'Verksamhetsområdet som enheten hör till på rapportperiodens sista dag.';
