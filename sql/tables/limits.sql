-- The limits of config.toml that the definitions use; lists and areas in lower case, so that case makes no difference.

create table limits (
    plan_grace_days integer not null,
    incident_days integer not null,
    today date not null
);

create table limit_values (
    name varchar not null,
    value varchar not null
);

create table plan_months (
    area varchar not null,
    months integer not null
);

comment on table limits is 'Gränser i config.toml som är ett enda värde.';
comment on column limits.plan_grace_days is 'Antal dagar från verkställighet tills en insats behöver en plan.';
comment on column limits.incident_days is 'Antal dagar som ett ärende får vara öppet innan det räknas.';
comment on column limits.today is 'Dagen som körningen räknar som i dag; senare dagar har inte inträffat.';
comment on table limit_values is 'Gränser i config.toml som är listor: en rad per värde.';
comment on column limit_values.name is
'Listans namn i config.toml; committee_areas är nämndens områden, och saknas när alla är nämndens.';
comment on column limit_values.value is 'Värdet, med små bokstäver.';
comment on table plan_months is 'Hur länge en genomförandeplan är aktuell (limits.plan_current_months).';
comment on column plan_months.area is 'Verksamhetsområde, med små bokstäver; default gäller de områden som inte nämns.';
comment on column plan_months.months is 'Antal månader.';
