#!/bin/sh
# Autophage's own benchmarks under JMH: images a second with confidence intervals, also as JSON in target/jmh.json. All of
# them take three quarters of an hour or more; arguments are JMH's.
#
#   benchmarks/jmh.sh                                                 all
#   benchmarks/jmh.sh TrainingStep -p size=28 -p batch=64,128         some
#   AUTOPHAGE_NATIVES=cuda benchmarks/jmh.sh TrainingStep -p deviceName=gpu
#                                                                     on the GPU, after ./autophage setup cuda
#   benchmarks/jmh.sh -f 1 -wi 0 -i 1 -r 100ms -p batch=64 -p chunk=25 -p samples=2000 -p images=250 -p size=28
#                                                                     each once and briefly: do they all work?
#
# OMP_NUM_THREADS sets the threads inside an op, as everywhere.
set -eu
cd "$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)"

natives=${AUTOPHAGE_NATIVES:-cpu}
mvn -q -B -Pbenchmarks -DskipTests -Djacoco.skip -Dspotless.check.skip -Dstyle.color=never process-test-classes

class_path=$(cat target/benchmarks.classpath)
if [ "$natives" = cuda ]; then
    # On the class path libtorch for the CPU wins over every GPU.
    class_path=$(printf '%s' "$class_path" | tr : '\n' | grep -v pytorch-native-cpu | paste -s -d : -)
    version=$(printf '%s' "$class_path" | sed -n 's/.*pytorch-jni-\([0-9.]*\)-.*/\1/p')
    export PYTORCH_VERSION="${PYTORCH_VERSION:-$version}" PYTORCH_FLAVOR="${PYTORCH_FLAVOR:-cu128}"
fi

# As the launcher: its settings of malloc, and products that are not rounded.
eval "$(grep -E '^export (MALLOC|GLIBC)_' autophage)"
export NVIDIA_TF32_OVERRIDE=0
exec java -cp "target/test-classes:target/classes:$class_path" org.openjdk.jmh.Main \
    -rf json -rff target/jmh.json "$@"
