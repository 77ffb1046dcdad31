-- What the JVMs that sell for one fork know of one another; in PostgreSQL, beside the stock of that fork.

-- A sale that is divided into shares, and whether its buyers may begin.
create table sale (
  number bigint  not null primary key,
  terms  text    not null,
  open   boolean not null,
  -- How many JVMs have been told to wait for their end.
  struck integer not null default 0
);

-- A share of the buyers of a sale. Each time that a JVM takes it, its attempt grows by one, and only the last may report.
create table share (
  id      text    not null primary key,
  sale    bigint  not null,
  number  integer not null,
  buyers  integer not null,
  attempt integer not null default 0,
  ready   boolean not null default false,
  report  text
);

-- Who has taken a share, and whether it waits for its end.
create table taking (
  share   text    not null,
  attempt integer not null,
  member  text    not null,
  struck  boolean not null default false,
  primary key (share, attempt)
);

-- The purchases that buyers were told they made, as far as anybody outside of their JVM has heard of it.
create table told (
  purchase text    not null primary key,
  share    text    not null,
  attempt  integer not null
);

-- db-scheduler's own table: which share is whose, and since when nothing was heard of that JVM.
create table scheduled_tasks (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint      not null,
  priority             smallint,
  state                text,
  primary key (task_name, task_instance)
);
