create view v_deliveries as
with extracts as (
    select distinct extract from delivered
),

newest as (
    select
        extract,
        count(*) as files,
        max(delivered) as delivered
    from files
    group by extract
)

select
    e.extract,
    n.files,
    n.delivered,
    least(n.delivered, l.today) as as_of
from extracts as e
cross join limits as l
left join newest as n on e.extract = n.extract;

comment on view v_deliveries is
'Utdragen som har levererats: en rad per utdrag, med dagen som uppgifterna är kända till.';
comment on column v_deliveries.extract is 'Utdraget.';
comment on column v_deliveries.files is 'Antal filer av utdraget.';
comment on column v_deliveries.delivered is 'Dagen då den nyaste filen levererades.';
comment on column v_deliveries.as_of is
'Dagen som uppgifterna är kända till: leveransdagen, dock inte senare än dagen då rapporten gjordes.';
