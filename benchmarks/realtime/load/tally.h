/* Counting what arrives: latencies in a histogram of at most 1.6 % error, and the clock they are taken from. */
#pragma once
#include <stdint.h>

#define BUCKETS 2048 /* 64 for each power of two of microseconds, up to 2^32 */

typedef struct {
    uint64_t count, largest, bucket[BUCKETS];
} Histogram;

/* Microseconds of a clock that never goes back and is the same in every process of the machine. */
uint64_t now_us(void);

void histogram_add(Histogram *histogram, uint64_t microseconds);

/* The value that `share` (0..1) of all stayed below, in milliseconds. */
double histogram_ms(const Histogram *histogram, double share);

/* Every bucket that is not empty as JSON: [[milliseconds, how many], …]. */
void histogram_print(const Histogram *histogram);
