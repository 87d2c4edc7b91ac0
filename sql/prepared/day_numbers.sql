-- Days as numbers, so that metrics can count days up to a window's last day by plain subtraction on any engine.
create table day_numbers as
select
    window_id,
    date_diff('day', date '1970-01-01', ends) as last_day_number
from windows;

comment on table day_numbers is 'Mätfönstrens sista dagar som löpande dagnummer.';
comment on column day_numbers.window_id is 'Mätfönster.';
comment on column day_numbers.last_day_number is 'Antal dagar från den 1 januari 1970 till fönstrets sista dag.';
