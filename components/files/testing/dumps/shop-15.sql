--
-- PostgreSQL database dump
--

\restrict fhPzblZUoGKO59iofOBB6YLlXULKyYfn4FutroYXFOrf7xj5EJPNMBBoVj1wyu5

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: orders; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.orders (
    id integer NOT NULL,
    t text
);


ALTER TABLE public.orders OWNER TO postgres;

--
-- Name: v; Type: VIEW; Schema: public; Owner: postgres
--

CREATE VIEW public.v AS
 SELECT orders.id,
    orders.t
   FROM public.orders;


ALTER TABLE public.v OWNER TO postgres;

--
-- Name: 16396; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('16396');


ALTER LARGE OBJECT 16396 OWNER TO postgres;

--
-- Data for Name: orders; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.orders (id, t) FROM stdin;
1	x1
2	x2
3	x3
4	x4
5	x5
6	x6
7	x7
8	x8
9	x9
10	x10
11	x11
12	x12
13	x13
14	x14
15	x15
16	x16
17	x17
18	x18
19	x19
20	x20
21	x21
22	x22
23	x23
24	x24
25	x25
26	x26
27	x27
28	x28
29	x29
30	x30
31	x31
32	x32
33	x33
34	x34
35	x35
36	x36
37	x37
38	x38
39	x39
40	x40
41	x41
42	x42
43	x43
44	x44
45	x45
46	x46
47	x47
48	x48
49	x49
50	x50
51	x51
52	x52
53	x53
54	x54
55	x55
56	x56
57	x57
58	x58
59	x59
60	x60
61	x61
62	x62
63	x63
64	x64
65	x65
66	x66
67	x67
68	x68
69	x69
70	x70
71	x71
72	x72
73	x73
74	x74
75	x75
76	x76
77	x77
78	x78
79	x79
80	x80
81	x81
82	x82
83	x83
84	x84
85	x85
86	x86
87	x87
88	x88
89	x89
90	x90
91	x91
92	x92
93	x93
94	x94
95	x95
96	x96
97	x97
98	x98
99	x99
100	x100
\.


--
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('16396', 131072);
SELECT pg_catalog.lowrite(0, '\x616263');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: orders orders_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

\unrestrict fhPzblZUoGKO59iofOBB6YLlXULKyYfn4FutroYXFOrf7xj5EJPNMBBoVj1wyu5

