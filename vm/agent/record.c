#include "record.h"

#include "bytes.h"

#include <string.h>

bool record_reader_header(struct record_reader *reader, uint8_t byte) {
    reader->header[reader->filled++] = byte;
    if (reader->filled < RECORD_HEADER_BYTES)
        return false;
    reader->filled = 0;
    reader->channel = reader->header[0];
    reader->left = get_u16(reader->header + 1);
    return true;
}

void record_header(uint8_t *at, enum channel channel, size_t length) {
    at[0] = (uint8_t)channel;
    put_u16(at + 1, (uint16_t)length);
}

void record_stub_exit(struct record_stub *stub, uint8_t exit_code) {
    record_header(stub->bytes, CHANNEL_EXIT, 1);
    stub->bytes[RECORD_HEADER_BYTES] = exit_code;
    stub->length = RECORD_HEADER_BYTES + 1;
    stub->sent = 0;
}

size_t record_stub_send(struct record_stub *stub, uint8_t *into, size_t room) {
    size_t length = least(stub->length - stub->sent, room);
    memcpy(into, stub->bytes + stub->sent, length);
    stub->sent += length;
    return length;
}
