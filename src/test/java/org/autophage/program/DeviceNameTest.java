package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNameTest {
    @ParameterizedTest
    @CsvSource({
        "auto,      auto, 0,   1",
        "cpu,       cpu,  0,   1",
        "gpu,       gpu,  0,   1",
        "gpu:12,    gpu,  12,  1",
        "gpu/4,     gpu,  0,   4",
        "gpu:3/2,   gpu,  3,   2",
        "gpu:0/999, gpu,  0, 999",
    })
    void whatANameSays(String name, String kind, int index, int sharers) {
        assertThat(DeviceName.parse(name)).contains(new DeviceName(kind, index, sharers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tpu",
                "GPU",
                "gpu:",
                "gpu:1000",
                "gpu/0",
                "gpu/",
                "gpu/1000",
                "cpu/2",
                "auto/2",
                "gpu:-1",
                "gpu:1/2/3"
            })
    void whatIsNoName(String name) {
        assertThat(DeviceName.parse(name)).isEmpty();
    }
}
