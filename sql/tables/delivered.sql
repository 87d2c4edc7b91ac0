create table delivered (
    extract varchar not null,
    column_name varchar not null
);

comment on table delivered is 'Vilka kolumner som finns i minst en fil av varje utdrag.';
comment on column delivered.extract is 'Utdraget.';
comment on column delivered.column_name is 'Kolumnens namn i databasen.';
