/* ---
# Allt efter # är förklaringar och kan tas bort. Byt varje text som börjar med ÄNDRA; måttet räknas inte förrän det är
# gjort. Vad varje rad betyder, och vilka fler rader som finns, står i docs/add-a-metric.md.
id: $id
order: $order                        # plats i avsnittet
title: "ÄNDRA: rubriken i rapporten"
section: $section
question: "ÄNDRA: frågan som måttet svarar på?"
numerator: "ÄNDRA: det som räknas i täljaren"
denominator: "ÄNDRA: det som räknas i nämnaren"
unit: andel                     # andel, antal, dagar …
kind: process                   # struktur, process eller resultat
quality_area: kunskapsbaserad verksamhet
better: higher                  # higher, lower eller "" där inget är bättre
flow: true                      # true: det som hänt under en tid; false: läget den sista dagen
statistics: [share]             # share, count, mean, median, p90 …
judged: share                   # den av dem som jämförs med målet
breakdowns: [area, gender, age_group]
demanded_by_law: false
child_scope: false
needs:                          # utdrag och kolumner som måttet inte går att räkna utan; radernas eget utdrag först
  investigations: [closed]
law: [quality]                  # regler i sql/law.toml
owner: Ansvarig för kvalitetsuppföljningen
choices:                        # hela meningar om det som definitionen lämnar öppet
  - "ÄNDRA: Dagar räknas som kalenderdagar; samma dag är 0."
noun: ["ÄNDRA: utredning", "ÄNDRA: utredningar"]
verb: "ÄNDRA: avslutades inom 60 dagar"
nothing: "ÄNDRA: Ingen utredning avslutades under perioden."
--- */
-- En rad för varje ärende i nämnaren; hit säger om det räknas i täljaren.
select
    w.window_id,
    i.investigation_id as case_id,
    i.unit,
    i.area,
    i.gender,
    i.age_group,
    i.days_taken <= 60 as hit
from investigations as i
inner join flow_windows as w on i.closed between w.starts and w.ends
