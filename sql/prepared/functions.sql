-- What the prepared tables say in the same way everywhere. The engine's own date functions stand only in this folder.

-- Days as numbers: metrics count the days between two of them by plain subtraction.
create macro day_number(day) as date_diff('day', date '1970-01-01', day);

create macro months_after(day, months) as cast(day + to_months(months) as date);

-- An execution or an end may be noted before it comes; a period may be reported before it is over.
create macro happened(day) as case when day <= (select l.today from limits as l) then day end;

-- Whether a text stands in one of the lists of config.toml's [limits], whatever its case.
create macro is_listed(list, item) as coalesce(
    lower(item) in (
        select v.value
        from limit_values as v
        where v.name = list
    ),
    false
);

-- Age is counted in calendar years, at the row's own start.
create macro age_group(start, birth_year) as case
    when year(start) - birth_year between 0 and 6 then '0–6'
    when year(start) - birth_year between 7 and 12 then '7–12'
    when year(start) - birth_year between 13 and 17 then '13–17'
    when year(start) - birth_year between 18 and 20 then '18–20'
    when year(start) - birth_year between 21 and 64 then '21–64'
    when year(start) - birth_year >= 65 then '65–'
    else 'okänt'
end;

-- Ids are unique within a case system; a row that names none may belong to any.
create macro same_system(one, other) as one is null or other is null or one = other;
create macro key_of(source_system, id) as coalesce(source_system, '') || '/' || id;
