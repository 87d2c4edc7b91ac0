-- The two ways to stand in a window: something happened in it, or was so on its last day. Days waited up to that day
-- are a plain subtraction of day numbers, on any engine.

create view flow_windows as
select
    window_id,
    series,
    kind,
    starts,
    ends,
    prior_starts,
    prior_ends,
    day_number(ends) as last_day_number
from windows
where kind <> 'stock' and series <> 'year';

create view flow_and_year_windows as
select
    window_id,
    series,
    kind,
    starts,
    ends,
    prior_starts,
    prior_ends
from windows
where kind <> 'stock';

create view stock_windows as
select
    window_id,
    series,
    kind,
    starts,
    ends,
    prior_starts,
    prior_ends,
    day_number(ends) as last_day_number
from windows
where kind = 'stock';

comment on view flow_windows is 'De mätfönster som avser det som hänt under en tid.';
comment on column flow_windows.last_day_number is 'Sista dagen som dagnummer: antal dagar från den 1 januari 1970.';
comment on view flow_and_year_windows is
'Som flow_windows, men också varje kalenderår som det finns uppgifter om.';
comment on view stock_windows is 'De mätfönster som avser läget på en dag.';
comment on column stock_windows.last_day_number is 'Sista dagen som dagnummer: antal dagar från den 1 januari 1970.';
