create table protected_cases (
    extract varchar not null,
    case_id varchar not null,
    primary key (extract, case_id)
);

comment on table protected_cases is
'Ärenden om personer med skyddade personuppgifter, också de som bara pekar på ett sådant ärende.';
comment on column protected_cases.extract is 'Utdraget som ärendet står i.';
comment on column protected_cases.case_id is 'Ärendets id i verksamhetssystemet.';
