-- Readings of figures were written every fifteen minutes, and nothing read them.

drop table platform.figure_reading;
