create table loaded.plans (
    plan_id varchar not null,
    decision_id varchar,
    person_id varchar,
    service varchar,
    kind varchar,
    unit varchar not null,
    established date,
    revised date,
    followed_up date,
    next_follow_up date,
    participation boolean,
    cooperation boolean,
    goals integer,
    measurable_goals integer,
    subgoals integer,
    ended date,
    ended_as_planned boolean,
    gender varchar,
    birth_year integer,
    protected_identity boolean,
    source_system varchar
);

comment on table loaded.plans is 'En rad per genomförandeplan och beslut; en plan för flera beslut har flera rader.';
comment on column loaded.plans.plan_id is 'Planens id i verksamhetssystemet.';
comment on column loaded.plans.decision_id is
'Beslutet som planen gäller; tom = personens beviljade beslut om samma insats.';
comment on column loaded.plans.person_id is 'Personens pseudonym.';
comment on column loaded.plans.service is 'Insatsen som planen gäller.';
comment on column loaded.plans.kind is 'Plantyp: genomförandeplan, vårdplan eller hälsoplan.';
comment on column loaded.plans.unit is 'Enheten som upprättat planen.';
comment on column loaded.plans.established is 'Dagen då planen upprättades.';
comment on column loaded.plans.revised is 'Dagen då planen senast reviderades.';
comment on column loaded.plans.followed_up is 'Dagen då planen senast följdes upp.';
comment on column loaded.plans.next_follow_up is 'Dagen då planen ska följas upp nästa gång.';
comment on column loaded.plans.participation is 'Om den enskildes delaktighet är dokumenterad.';
comment on column loaded.plans.cooperation is 'Om samverkan är beskriven.';
comment on column loaded.plans.goals is 'Antal mål.';
comment on column loaded.plans.measurable_goals is 'Antal mätbara mål, högst antalet mål.';
comment on column loaded.plans.subgoals is 'Antal delmål.';
comment on column loaded.plans.ended is 'Dagen då planen avslutades; kan ligga framåt i tiden.';
comment on column loaded.plans.ended_as_planned is 'Om planen avslutades som planerat.';
comment on column loaded.plans.gender is 'Personens kön: kvinna, man eller okänt.';
comment on column loaded.plans.birth_year is 'Personens födelseår.';
comment on column loaded.plans.protected_identity is 'Om personen har skyddade personuppgifter.';
comment on column loaded.plans.source_system is 'Verksamhetssystemet som raden kommer från.';
