/*
 * How much of anything the agent will hold. It never calls malloc: what is not static is a stream's
 * inbound buffer, mapped when PostgreSQL or a program reads slower than the host sends, and a terminal's
 * history, mapped when it first writes. So the most the agent can ever occupy is
 * (STREAMS_MAX + TERMINALS_MAX) * WINDOW_BYTES (17 MiB) and its static tables.
 */
#ifndef WARREN_LIMITS_H
#define WARREN_LIMITS_H

#define STREAMS_MAX 256                /* S6: more than PostgreSQL takes connections */
#define WINDOW_BYTES 65536             /* K6: credit granted on each stream; a power of two for the ring */
#define GRANT_BYTES (WINDOW_BYTES / 4) /* C3: the least worth a CREDIT frame */

#define INPUT_BYTES 32768    /* read from port 1 in one turn: half of the guest's receive buffers */
#define BATCH_BYTES 32768    /* written to port 1 in one turn: the driver takes no more at once */
#define REFUSALS_MAX 64      /* OPENs answered by RESET that wait to be sent; then port 1 waits */
#define RESET_TEXT_BYTES 160 /* our own texts; TEXT_MAX is the wire's limit */

#define TERMINALS_MAX 16 /* T6 */
#define PARKED_MAX 8     /* G3 */

#define HEALTH_PERIOD_MIN_MS 250 /* M3 */
#define HEALTH_PERIOD_MAX_MS 60000

#endif
