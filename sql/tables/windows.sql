create table windows (
    window_id varchar not null,
    series varchar not null,
    kind varchar not null,
    starts date not null,
    ends date not null,
    prior_starts date not null,
    prior_ends date not null
);

comment on table windows is 'Mätfönster: de tider och dagar som måtten räknas för.';
comment on column windows.window_id is 'Mätfönster.';
comment on column windows.series is
'Vad fönstret är till för: report (periodens egna), last_year, last_tertial, month, part (tertialen) eller year.';
comment on column windows.kind is
'Slag av fönster: stock avser läget på sista dagen; tertial, half, quarter, ytd, r12, month och year det som hänt.';
comment on column windows.starts is 'Första dagen.';
comment on column windows.ends is 'Sista dagen; det som händer senare har inte hänt.';
comment on column windows.prior_starts is 'Första dagen ett år tidigare.';
comment on column windows.prior_ends is 'Sista dagen ett år tidigare.';
