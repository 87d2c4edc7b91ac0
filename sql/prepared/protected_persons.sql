-- Who must never stand in a listing: flagged in one extract, protected in all.
create view protected_persons as
select person_id
from loaded.referrals
where protected_identity
union
select person_id
from loaded.investigations
where protected_identity
union
select person_id
from loaded.decisions
where protected_identity
union
select person_id
from loaded.plans
where protected_identity and person_id is not null
union
select person_id
from loaded.care_levels
where protected_identity
union
select person_id
from loaded.coordinated_plans
where protected_identity;

comment on view protected_persons is
'Personer med skyddade personuppgifter enligt något utdrag: de räknas med i summor men listas aldrig.';
comment on column protected_persons.person_id is 'Personen, som pseudonym.';
