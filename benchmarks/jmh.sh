#!/bin/sh
# Autophage's own benchmarks under JMH: images a second with confidence intervals, also as JSON in target/jmh.json. All of
# them take about an hour and a half; arguments are JMH's.
#
#   benchmarks/jmh.sh                                                 all
#   benchmarks/jmh.sh TrainingStep -p size=28 -p batch=64,128         some
#   benchmarks/jmh.sh TrainingStep -p deviceName=gpu                  on the GPU
#   benchmarks/jmh.sh -f 1 -wi 0 -i 1 -r 100ms -p batch=64 -p chunk=25 -p samples=2000 -p images=250 -p size=28
#                                                                     each once and briefly: do they all work?
#
# OMP_NUM_THREADS sets the threads inside an op, as everywhere.
set -eu
cd "$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)"

mvn -q -B -Pbenchmarks -DskipTests -Djacoco.skip -Dspotless.check.skip -Dstyle.color=never process-test-classes

# The launcher's allocator settings.
export MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_MMAP_MAX_=0 MALLOC_ARENA_MAX=1
exec java -cp "target/test-classes:target/classes:$(cat target/benchmarks.classpath)" org.openjdk.jmh.Main \
    -rf json -rff target/jmh.json "$@"
