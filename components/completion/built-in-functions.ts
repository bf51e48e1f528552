/** A function of PostgreSQL itself. There are some 3,000; these are the ones people write. */
export interface BuiltInFunction {
  readonly name: string;
  readonly parameters: string;
  readonly returns: string;
}

/** One a line: name, parameters, result. */
const LINES = `
abs(number) number
acos(double precision) double precision
age(timestamp, timestamp) interval
any_value(value) same as value
array_agg(value) array
array_append(array, element) array
array_cat(array, array) array
array_dims(array) text
array_length(array, dimension integer) integer
array_position(array, element) integer
array_prepend(element, array) array
array_remove(array, element) array
array_replace(array, from, to) array
array_to_string(array, delimiter text) text
ascii(text) integer
asin(double precision) double precision
atan(double precision) double precision
avg(number) numeric
bit_and(integer) integer
bit_length(text) integer
bit_or(integer) integer
bool_and(boolean) boolean
bool_or(boolean) boolean
btrim(text, characters text) text
cardinality(array) integer
cbrt(double precision) double precision
ceil(number) number
ceiling(number) number
char_length(text) integer
chr(integer) text
clock_timestamp() timestamp with time zone
coalesce(value, …) first that is not null
concat(value, …) text
concat_ws(separator text, value, …) text
corr(y, x) double precision
cos(double precision) double precision
count(value) bigint
cume_dist() double precision
current_database() name
current_schema() name
current_setting(name text) text
currval(sequence) bigint
date_bin(stride interval, timestamp, origin) timestamp
date_part(field text, timestamp) double precision
date_trunc(field text, timestamp) timestamp
decode(text, format text) bytea
degrees(double precision) double precision
dense_rank() bigint
encode(bytea, format text) text
every(boolean) boolean
exp(number) number
first_value(value) same as value
floor(number) number
format(template text, value, …) text
format_type(type oid, modifier integer) text
gen_random_uuid() uuid
generate_series(start, stop, step) set of values
generate_subscripts(array, dimension integer) set of integer
greatest(value, …) same as value
hashtext(text) integer
initcap(text) text
isfinite(timestamp) boolean
json_agg(value) json
json_build_array(value, …) json
json_build_object(key, value, …) json
json_object_agg(key, value) json
jsonb_agg(value) jsonb
jsonb_array_elements(jsonb) set of jsonb
jsonb_array_elements_text(jsonb) set of text
jsonb_array_length(jsonb) integer
jsonb_build_array(value, …) jsonb
jsonb_build_object(key, value, …) jsonb
jsonb_each(jsonb) set of key, value
jsonb_each_text(jsonb) set of key, value
jsonb_extract_path(jsonb, path text, …) jsonb
jsonb_insert(jsonb, path text[], value jsonb) jsonb
jsonb_object_agg(key, value) jsonb
jsonb_object_keys(jsonb) set of text
jsonb_path_query(jsonb, path jsonpath) set of jsonb
jsonb_pretty(jsonb) text
jsonb_set(jsonb, path text[], value jsonb) jsonb
jsonb_strip_nulls(jsonb) jsonb
jsonb_typeof(jsonb) text
justify_days(interval) interval
lag(value, offset integer, default) same as value
last_value(value) same as value
lastval() bigint
lead(value, offset integer, default) same as value
least(value, …) same as value
left(text, count integer) text
length(text) integer
ln(number) number
log(number) number
lower(text) text
lpad(text, length integer, fill text) text
ltrim(text, characters text) text
make_date(year, month, day) date
make_interval(years, months, weeks, days, hours, mins, secs) interval
make_timestamp(year, month, day, hour, min, sec) timestamp
max(value) same as value
md5(text) text
min(value) same as value
mod(y, x) number
mode() same as the order
nextval(sequence) bigint
now() timestamp with time zone
nth_value(value, n integer) same as value
ntile(buckets integer) integer
nullif(value, value) value or null
num_nonnulls(value, …) integer
num_nulls(value, …) integer
obj_description(oid, catalog name) text
octet_length(text) integer
percent_rank() double precision
percentile_cont(fraction) double precision
percentile_disc(fraction) same as the order
pg_backend_pid() integer
pg_column_size(value) integer
pg_database_size(name) bigint
pg_get_constraintdef(oid) text
pg_get_functiondef(oid) text
pg_get_indexdef(oid) text
pg_get_viewdef(oid) text
pg_indexes_size(regclass) bigint
pg_relation_size(regclass) bigint
pg_size_pretty(bigint) text
pg_sleep(seconds double precision) void
pg_table_size(regclass) bigint
pg_terminate_backend(pid integer) boolean
pg_total_relation_size(regclass) bigint
pg_typeof(value) regtype
pi() double precision
power(number, exponent) number
quote_ident(text) text
quote_literal(text) text
radians(double precision) double precision
random() double precision
rank() bigint
regexp_count(text, pattern text) integer
regexp_like(text, pattern text) boolean
regexp_match(text, pattern text) text[]
regexp_matches(text, pattern text, flags text) set of text[]
regexp_replace(text, pattern text, replacement text, flags text) text
regexp_split_to_array(text, pattern text) text[]
regexp_split_to_table(text, pattern text) set of text
repeat(text, count integer) text
replace(text, from text, to text) text
reverse(text) text
right(text, count integer) text
round(numeric, digits integer) numeric
row_number() bigint
row_to_json(record) json
rpad(text, length integer, fill text) text
rtrim(text, characters text) text
set_config(name text, value text, local boolean) text
setseed(double precision) void
setval(sequence, value bigint) bigint
sha256(bytea) bytea
sign(number) number
sin(double precision) double precision
split_part(text, delimiter text, part integer) text
sqrt(number) number
starts_with(text, prefix text) boolean
stddev(number) number
stddev_pop(number) number
stddev_samp(number) number
string_agg(text, delimiter text) text
string_to_array(text, delimiter text) text[]
string_to_table(text, delimiter text) set of text
strpos(text, part text) integer
substr(text, start integer, count integer) text
sum(number) number
tan(double precision) double precision
to_char(value, format text) text
to_date(text, format text) date
to_json(value) json
to_jsonb(value) jsonb
to_number(text, format text) numeric
to_timestamp(text, format text) timestamp with time zone
to_tsquery(configuration, text) tsquery
to_tsvector(configuration, text) tsvector
transaction_timestamp() timestamp with time zone
translate(text, from text, to text) text
trunc(number, digits integer) number
ts_rank(tsvector, tsquery) real
unnest(array) set of elements
upper(text) text
var_pop(number) number
var_samp(number) number
variance(number) number
version() text
websearch_to_tsquery(configuration, text) tsquery
width_bucket(value, low, high, count integer) integer
`;

export const BUILT_IN_FUNCTIONS: readonly BuiltInFunction[] = LINES.trim()
  .split('\n')
  .flatMap((line) => {
    const parts = /^(\w+)\((.*)\) (.+)$/.exec(line);
    if (!parts) return [];
    const [, name = '', parameters = '', returns = ''] = parts;
    return [{ name, parameters, returns }];
  });

/** Types people write in a column's definition or after `::`. */
export const BUILT_IN_TYPES: readonly string[] = [
  'bigint',
  'boolean',
  'bytea',
  'char',
  'cidr',
  'date',
  'daterange',
  'double precision',
  'inet',
  'int4range',
  'integer',
  'interval',
  'json',
  'jsonb',
  'jsonpath',
  'money',
  'numeric',
  'numrange',
  'oid',
  'point',
  'real',
  'regclass',
  'regtype',
  'serial',
  'bigserial',
  'smallint',
  'text',
  'time',
  'timestamp',
  'timestamptz',
  'timestamp with time zone',
  'tsquery',
  'tsrange',
  'tstzrange',
  'tsvector',
  'uuid',
  'varchar',
  'xml',
];
