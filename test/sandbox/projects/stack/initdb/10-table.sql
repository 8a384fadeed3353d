create table made (by text);
