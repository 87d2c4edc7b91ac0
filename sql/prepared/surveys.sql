-- A question may be delivered as several rows, one an option, which all repeat how many were asked and answered. Here
-- every question stands once.
create table surveys as
select
    survey,
    source_system,
    unit,
    cast(null as varchar) as area,
    question,
    date,
    max(invited) as invited,
    max(answered) as answered,
    max(positive) as positive,
    max(mean) as mean,
    max(scale) as scale
from loaded.surveys
group by survey, source_system, unit, question, date;

comment on table surveys is 'Enkäter: en rad per undersökning, enhet, fråga och dag.';
comment on column surveys.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
