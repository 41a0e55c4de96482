#include "tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

uint64_t now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

static unsigned bucket_of(uint64_t value) {
    if (value < 64) return (unsigned)value;
    if (value >> 32) return BUCKETS - 1;
    unsigned exponent = 63 - (unsigned)__builtin_clzll(value);
    return (exponent - 5) * 64 + (unsigned)((value >> (exponent - 6)) & 63);
}

static double middle_of(unsigned bucket) {
    if (bucket < 64) return bucket;
    unsigned shift = bucket / 64 - 1;
    return ((double)((64 + bucket % 64) << 1) + 1) * (double)(1ULL << shift) / 2;
}

void histogram_add(Histogram *histogram, uint64_t microseconds) {
    histogram->count++;
    histogram->bucket[bucket_of(microseconds)]++;
    if (microseconds > histogram->largest) histogram->largest = microseconds;
}

/* In milliseconds; nothing that was counted was above the largest. */
static double milliseconds_of(const Histogram *histogram, unsigned bucket) {
    double middle = middle_of(bucket), largest = (double)histogram->largest;
    return (middle < largest ? middle : largest) / 1000;
}

double histogram_ms(const Histogram *histogram, double share) {
    uint64_t wanted = (uint64_t)(share * (double)histogram->count), seen = 0;
    for (unsigned bucket = 0; bucket < BUCKETS; bucket++) {
        seen += histogram->bucket[bucket];
        if (seen > wanted) return milliseconds_of(histogram, bucket);
    }
    return (double)histogram->largest / 1000;
}

void histogram_print(const Histogram *histogram) {
    const char *between = "[";
    for (unsigned bucket = 0; bucket < BUCKETS; bucket++) {
        if (histogram->bucket[bucket] == 0) continue;
        printf("%s[%.3f,%" PRIu64 "]", between, milliseconds_of(histogram, bucket), histogram->bucket[bucket]);
        between = ",";
    }
    printf("%s]", *between == '[' ? "[" : "");
}
