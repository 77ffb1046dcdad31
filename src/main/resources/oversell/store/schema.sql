-- The stock of a run, in a schema of its own. Standard SQL, which PostgreSQL, H2 and MariaDB all understand.

create table stock (
  article bigint  not null primary key,
  units   integer not null,
  version bigint  not null,
  -- Whether the database itself refuses to sell what is not there.
  checked boolean not null,
  constraint no_more_than_there_is check (units >= 0 or not checked)
);

-- The stock once more as a row a unit, for buyers that skip what others have locked.
create table item (
  article bigint  not null,
  number  integer not null,
  sold    boolean not null,
  primary key (article, number)
);

-- What was sold, a row a purchase: written in the transaction that takes the units off the stock.
create table ledger (
  purchase varchar(64) not null primary key,
  article  bigint      not null,
  units    integer     not null
);

-- Who tried to buy, whether it was sold anything or not.
create table attempt (
  purchase varchar(64) not null,
  article  bigint      not null
);

-- Units that are off the stock and not sold yet.
create table reservation (
  purchase varchar(64) not null primary key,
  article  bigint      not null,
  units    integer     not null,
  expires  timestamp   not null
);
