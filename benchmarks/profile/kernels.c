/*
 * Records what a process does on a GPU, whatever it is written in: CUDA itself loads this library into every process that
 * has CUDA_INJECTION64_PATH in its environment. benchmarks/profile/kernels.py reads what it writes.
 *
 *     gcc -O2 -Wall -shared -fPIC -pthread -I$CUDA/include -I$CUDA/extras/CUPTI/include \
 *         -o libkernels.so kernels.c -L$CUDA/lib64 -L$CUDA/extras/CUPTI/lib64 -lcupti
 *     CUDA_INJECTION64_PATH=$PWD/libkernels.so KERNELS_OUT=/tmp/trace COMMAND       writes /tmp/trace.PID
 *
 * KERNELS_MAX    records after which it stops writing (default 2000000)
 * KERNELS_CALLS  0: leaves out the calls of the CUDA API, whose recording slows down the thread that launches
 *
 * A line is "KIND,START,END,WHERE,NAME": kernel, memcpy or memset on a stream; runtime or driver for a call in a thread;
 * nanoseconds of one clock. NAME is a number that an earlier line "name,NUMBER,TEXT" explains. "end,RECORDS,DROPPED" comes
 * last, unless the process was killed.
 */
#include <cupti.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES (1 << 20)
#define FLUSH_MILLISECONDS 200
#define NAMES (1 << 16)

/* Those that launch or wait: PyTorch makes many cheap calls besides, which would cost more to record than to make. */
static const CUpti_CallbackId RUNTIME_CALLS[] = {
    CUPTI_RUNTIME_TRACE_CBID_cudaLaunchKernel_v7000,
    CUPTI_RUNTIME_TRACE_CBID_cudaLaunchKernel_ptsz_v7000,
    CUPTI_RUNTIME_TRACE_CBID_cudaLaunchKernelExC_v11060,
    CUPTI_RUNTIME_TRACE_CBID_cudaLaunchKernelExC_ptsz_v11060,
    CUPTI_RUNTIME_TRACE_CBID_cudaLaunchCooperativeKernel_v9000,
    CUPTI_RUNTIME_TRACE_CBID_cudaGraphLaunch_v10000,
    CUPTI_RUNTIME_TRACE_CBID_cudaGraphLaunch_ptsz_v10000,
    CUPTI_RUNTIME_TRACE_CBID_cudaMemcpyAsync_v3020,
    CUPTI_RUNTIME_TRACE_CBID_cudaMemcpyAsync_ptsz_v7000,
    CUPTI_RUNTIME_TRACE_CBID_cudaMemsetAsync_v3020,
    CUPTI_RUNTIME_TRACE_CBID_cudaMalloc_v3020,
    CUPTI_RUNTIME_TRACE_CBID_cudaFree_v3020,
    CUPTI_RUNTIME_TRACE_CBID_cudaStreamSynchronize_v3020,
    CUPTI_RUNTIME_TRACE_CBID_cudaStreamSynchronize_ptsz_v7000,
    CUPTI_RUNTIME_TRACE_CBID_cudaEventSynchronize_v3020,
    CUPTI_RUNTIME_TRACE_CBID_cudaDeviceSynchronize_v3020,
#if CUPTI_API_VERSION >= 130000
    CUPTI_RUNTIME_TRACE_CBID___cudaLaunchKernel_v13000,
    CUPTI_RUNTIME_TRACE_CBID___cudaLaunchKernel_ptsz_v13000,
#endif
};

static const CUpti_CallbackId DRIVER_CALLS[] = {
    CUPTI_DRIVER_TRACE_CBID_cuLaunchKernel,
    CUPTI_DRIVER_TRACE_CBID_cuLaunchKernel_ptsz,
    CUPTI_DRIVER_TRACE_CBID_cuLaunchKernelEx,
    CUPTI_DRIVER_TRACE_CBID_cuLaunchKernelEx_ptsz,
    CUPTI_DRIVER_TRACE_CBID_cuLaunchCooperativeKernel,
    CUPTI_DRIVER_TRACE_CBID_cuGraphLaunch,
};

static const char *const MEMCPY_NAMES[] = {
    "memcpy", "memcpy HtoD", "memcpy DtoH", "memcpy HtoA", "memcpy AtoH", "memcpy AtoA",
    "memcpy AtoD", "memcpy DtoA", "memcpy DtoD", "memcpy HtoH", "memcpy PtoP",
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static FILE *trace;
static pid_t owner;
static uint64_t records, most_records = 2000000, dropped;
static char *names[NAMES];

/* Whether a call succeeded; says on standard error which did not. */
static int succeeded(CUptiResult result, const char *call) {
    if (result == CUPTI_SUCCESS) return 1;
    const char *reason = NULL;
    if (cuptiGetResultString(result, &reason) != CUPTI_SUCCESS || !reason) reason = "unknown";
    fprintf(stderr, "kernels: %s: %s (%d)\n", call, reason, (int) result);
    return 0;
}

#define SUCCEEDED(call) succeeded(call, #call)

/* The number of a name, which is its place in an open hash table; its first use writes the line that explains it. */
static uint32_t number_of(const char *name) {
    uint32_t hash = 2166136261u;
    for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char) *c) * 16777619u;
    for (uint32_t probe = 0; probe < NAMES; probe++) {
        uint32_t place = (hash + probe) % NAMES;
        if (!names[place]) {
            names[place] = strdup(name);
            if (!names[place]) abort();
            fprintf(trace, "name,%" PRIu32 ",%s\n", place, name);
        }
        if (!strcmp(names[place], name)) return place;
    }
    fprintf(stderr, "kernels: more than %d names\n", NAMES);
    abort();
}

static void write_record(const char *kind, uint64_t start, uint64_t end, uint32_t where, const char *name) {
    /* A start of 0: CUPTI could not take the time. */
    if (records >= most_records || !start) {
        dropped++;
        return;
    }
    uint32_t number = number_of(name ? name : "?");
    fprintf(trace, "%s,%" PRIu64 ",%" PRIu64 ",%" PRIu32 ",%" PRIu32 "\n", kind, start, end, where, number);
    records++;
}

static void write_call(const CUpti_ActivityAPI *call, const char *kind, CUpti_CallbackDomain domain) {
    const char *name = NULL;
    SUCCEEDED(cuptiGetCallbackName(domain, call->cbid, &name));
    write_record(kind, call->start, call->end, call->threadId, name);
}

static void write_activity(const CUpti_Activity *activity) {
    switch (activity->kind) {
    case CUPTI_ACTIVITY_KIND_KERNEL:
    case CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL: {
        const CUpti_ActivityKernel10 *kernel = (const CUpti_ActivityKernel10 *) activity;
        write_record("kernel", kernel->start, kernel->end, kernel->streamId, kernel->name);
        break;
    }
    case CUPTI_ACTIVITY_KIND_MEMCPY: {
        const CUpti_ActivityMemcpy6 *copy = (const CUpti_ActivityMemcpy6 *) activity;
        size_t direction = copy->copyKind;
        if (direction >= sizeof MEMCPY_NAMES / sizeof *MEMCPY_NAMES) direction = 0;
        write_record("memcpy", copy->start, copy->end, copy->streamId, MEMCPY_NAMES[direction]);
        break;
    }
    case CUPTI_ACTIVITY_KIND_MEMSET: {
        const CUpti_ActivityMemset4 *set = (const CUpti_ActivityMemset4 *) activity;
        write_record("memset", set->start, set->end, set->streamId, "memset");
        break;
    }
    case CUPTI_ACTIVITY_KIND_RUNTIME:
        write_call((const CUpti_ActivityAPI *) activity, "runtime", CUPTI_CB_DOMAIN_RUNTIME_API);
        break;
    case CUPTI_ACTIVITY_KIND_DRIVER:
        write_call((const CUpti_ActivityAPI *) activity, "driver", CUPTI_CB_DOMAIN_DRIVER_API);
        break;
    default:
        break;
    }
}

static void CUPTIAPI buffer_requested(uint8_t **buffer, size_t *size, size_t *most) {
    *buffer = aligned_alloc(8, BUFFER_BYTES);
    *size = *buffer ? BUFFER_BYTES : 0;
    *most = 0;
}

static void CUPTIAPI buffer_completed(
        CUcontext context, uint32_t stream, uint8_t *buffer, size_t size, size_t valid) {
    (void) size;
    pthread_mutex_lock(&lock);
    if (trace && valid) {
        CUpti_Activity *activity = NULL;
        CUptiResult result;
        while ((result = cuptiActivityGetNextRecord(buffer, valid, &activity)) == CUPTI_SUCCESS) {
            write_activity(activity);
        }
        if (result != CUPTI_ERROR_MAX_LIMIT_REACHED) succeeded(result, "cuptiActivityGetNextRecord");
        size_t lost = 0;
        if (SUCCEEDED(cuptiActivityGetNumDroppedRecords(context, stream, &lost))) dropped += lost;
        /* A process that is killed leaves whole lines, and one that forks no line twice. */
        fflush(trace);
    }
    pthread_mutex_unlock(&lock);
    free(buffer);
}

static void at_exit(void) {
    if (getpid() != owner) return;
    SUCCEEDED(cuptiActivityFlushAll(CUPTI_ACTIVITY_FLAG_FLUSH_FORCED));
    pthread_mutex_lock(&lock);
    fprintf(trace, "end,%" PRIu64 ",%" PRIu64 "\n", records, dropped);
    if (fclose(trace)) perror("kernels: KERNELS_OUT");
    trace = NULL;
    pthread_mutex_unlock(&lock);
}

/* A kind that cannot be recorded is told and leaves the others. */
static void enable(void) {
    const char *calls = getenv("KERNELS_CALLS");
    SUCCEEDED(cuptiActivityRegisterCallbacks(buffer_requested, buffer_completed));
    SUCCEEDED(cuptiActivityEnable(CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL));
    SUCCEEDED(cuptiActivityEnable(CUPTI_ACTIVITY_KIND_MEMCPY));
    SUCCEEDED(cuptiActivityEnable(CUPTI_ACTIVITY_KIND_MEMSET));
    SUCCEEDED(cuptiActivityFlushPeriod(FLUSH_MILLISECONDS));
    if (calls && !strcmp(calls, "0")) return;
    for (size_t i = 0; i < sizeof RUNTIME_CALLS / sizeof *RUNTIME_CALLS; i++) {
        SUCCEEDED(cuptiActivityEnableRuntimeApi(RUNTIME_CALLS[i], 1));
    }
    for (size_t i = 0; i < sizeof DRIVER_CALLS / sizeof *DRIVER_CALLS; i++) {
        SUCCEEDED(cuptiActivityEnableDriverApi(DRIVER_CALLS[i], 1));
    }
}

/* CUDA calls it once, while the process initializes it; what goes wrong here leaves the process untraced but running. */
__attribute__((visibility("default"))) int InitializeInjection(void) {
    const char *out = getenv("KERNELS_OUT");
    const char *most = getenv("KERNELS_MAX");
    if (trace || !out) return 1;
    if (most) most_records = strtoull(most, NULL, 10);
    owner = getpid();
    char path[4096];
    snprintf(path, sizeof path, "%s.%d", out, (int) owner);
    trace = fopen(path, "w");
    if (!trace) {
        perror(path);
        return 1;
    }
    enable();
    atexit(at_exit);
    return 1;
}
