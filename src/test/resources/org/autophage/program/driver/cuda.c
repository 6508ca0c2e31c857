/* The functions of libcuda that CudaDriver calls, for two cards of which CUDA counts slot 3B first. */
#include <stdio.h>

#define INVALID_DEVICE 101
#define NOT_INITIALIZED 3

static int initialized;

int cuInit(unsigned int flags) {
    initialized = flags == 0;
    return 0;
}

int cuDeviceGet(int *device, int ordinal) {
    if (!initialized) return NOT_INITIALIZED;
    if (ordinal < 0 || ordinal > 1) return INVALID_DEVICE;
    *device = ordinal;
    return 0;
}

int cuDeviceGetName(char *name, int length, int device) {
    snprintf(name, length, "NVIDIA Stand-in %s", device == 0 ? "B" : "A");
    return 0;
}

int cuDeviceGetPCIBusId(char *bus_id, int length, int device) {
    snprintf(bus_id, length, "0000:%s:00.0", device == 0 ? "3B" : "1A");
    return 0;
}
