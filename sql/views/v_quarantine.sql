create view v_quarantine as
with delivered_files as (
    select
        file,
        extract,
        max(delivered) as delivered
    from files
    group by file, extract
)

select
    q.extract,
    q.file,
    f.delivered,
    q.sheet,
    q.row_number,
    q.record_key,
    q.unit,
    q.heading,
    q.column_name,
    q.value,
    q.rule,
    q.reason,
    q.fault_id,
    q.protected as is_protected,
    count(*) over (partition by q.extract, q.file, q.sheet, q.row_number) as reasons_of_row
from quarantine as q
left join delivered_files as f on q.file = f.file and q.extract = f.extract;

comment on view v_quarantine is
'Underkända rader: en rad per skäl, så en rad i en fil kan stå flera gånger. Innehåller ärendens id.';
comment on column v_quarantine.delivered is 'Dagen då filen levererades.';
comment on column v_quarantine.is_protected is
'Raden gäller någon med skyddade personuppgifter: räkna med den, men ta inte med den i en lista.';
comment on column v_quarantine.reasons_of_row is 'Hur många skäl som raden i filen har; räkna rader med 1.0 / värdet.';
