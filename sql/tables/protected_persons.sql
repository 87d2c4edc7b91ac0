create table protected_persons (
    person_id varchar primary key
);

comment on table protected_persons is
'Personer med skyddade personuppgifter enligt någon läst rad i något utdrag: de räknas med i summor men listas aldrig.';
comment on column protected_persons.person_id is 'Personen, som pseudonym.';
