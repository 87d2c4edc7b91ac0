create table reviews as
select
    review,
    source_system,
    unit,
    cast(null as varchar) as area,
    item_id,
    question,
    answer,
    reason,
    reviewed,
    population
from loaded.reviews;

comment on table reviews is 'Granskningar och egenkontroller: en rad per akt och fråga.';
comment on column reviews.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
