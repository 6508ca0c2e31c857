package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskErrorsTest {
    @Test
    void aDiskWithoutInodesIsNotFull() {
        assertThat(DiskErrors.full(4096)).startsWith("the disk is full");
        assertThat(DiskErrors.full(64 << 20)).contains("64.0 MiB are free", "inodes");
    }
}
