/* The functions of NVML that oshi calls, for two cards: slot 1A does not tell how busy it is, slot 3B is busy. */
#include <stdio.h>
#include <string.h>

#define UNINITIALIZED 1
#define INVALID_ARGUMENT 2
#define NOT_SUPPORTED 3

struct utilization { unsigned int gpu, memory; };
struct memory { unsigned long long total, free, used; };
struct pci {
    char bus_id_legacy[16];
    unsigned int domain, bus, device, device_id, subsystem_id;
    char bus_id[32];
};

static int users;
static int cards[2] = {0x1A, 0x3B};
static const unsigned long long GIB = 1ULL << 30;

int nvmlInit_v2(void) {
    users++;
    return 0;
}

int nvmlShutdown(void) {
    if (users == 0) return UNINITIALIZED;
    users--;
    return 0;
}

int nvmlDeviceGetCount_v2(unsigned int *count) {
    *count = 2;
    return users ? 0 : UNINITIALIZED;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
    if (index > 1) return INVALID_ARGUMENT;
    *device = &cards[index];
    return users ? 0 : UNINITIALIZED;
}

int nvmlDeviceGetName(void *device, char *name, unsigned int length) {
    snprintf(name, length, "NVIDIA Stand-in %s", *(int *)device == 0x1A ? "A" : "B");
    return 0;
}

int nvmlDeviceGetPciInfo_v3(void *device, struct pci *pci) {
    memset(pci, 0, sizeof *pci);
    pci->bus = *(int *)device;
    snprintf(pci->bus_id_legacy, sizeof pci->bus_id_legacy, "0000:%02X:00.0", pci->bus);
    snprintf(pci->bus_id, sizeof pci->bus_id, "00000000:%02X:00.0", pci->bus);
    return users ? 0 : UNINITIALIZED;
}

int nvmlDeviceGetUtilizationRates(void *device, struct utilization *utilization) {
    if (*(int *)device == 0x1A) return NOT_SUPPORTED;
    utilization->gpu = 97;
    utilization->memory = 50;
    return users ? 0 : UNINITIALIZED;
}

int nvmlDeviceGetMemoryInfo(void *device, struct memory *memory) {
    memory->total = 80 * GIB;
    memory->used = (*(int *)device == 0x1A ? 3 : 12) * GIB;
    memory->free = memory->total - memory->used;
    return users ? 0 : UNINITIALIZED;
}
