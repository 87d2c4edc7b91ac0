-- Each assessment beside the one before and the one after it of the same person and service. The same one delivered by
-- two systems, with the same day and id, comes neither before nor after itself.
create table care_levels as
with in_course as (
    select
        assessment_id,
        source_system,
        person_id,
        gender,
        birth_year,
        protected_identity,
        unit,
        cast(null as varchar) as area,
        service,
        lower(service) as service_key,
        assessed,
        level,
        preliminary,
        joint,
        age_group(assessed, birth_year) as age_group,
        months_after(assessed, 3) as follow_up_limit,
        months_after(assessed, 12) as current_until,
        max(level) over (course groups between 1 preceding and 1 preceding) as earlier_level,
        min(assessed) over (course groups between 1 following and 1 following) as next_assessed
    from loaded.care_levels
    window course as (partition by person_id, lower(service) order by assessed, assessment_id)
)

select
    *,
    case
        when level > earlier_level then 'höjd'
        when level < earlier_level then 'sänkt'
        when level = earlier_level then 'oförändrad'
    end as direction
from in_course;

comment on table care_levels is 'Nivåbedömningar: en rad per bedömning.';
comment on column care_levels.area is 'Tomt: verksamhetsområdet är enhetens i enhetsregistret.';
comment on column care_levels.service_key is 'Insats med små bokstäver, för jämförelser.';
comment on column care_levels.age_group is 'Åldersgrupp det år som bedömningen gjordes.';
comment on column care_levels.follow_up_limit is 'Tre månader efter bedömningen.';
comment on column care_levels.current_until is
'Tolv månader efter bedömningen: dagen då den inte längre räknas som aktuell.';
comment on column care_levels.earlier_level is
'Nivån vid samma persons närmast tidigare bedömning av samma insats; samma dag avgör id.';
comment on column care_levels.next_assessed is 'Dagen för samma persons nästa bedömning av samma insats.';
comment on column care_levels.direction is 'Nivån jämförd med den närmast tidigare: höjd, sänkt eller oförändrad.';
