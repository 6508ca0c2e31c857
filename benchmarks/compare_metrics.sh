#!/bin/sh
# Autophage's metrics and their Python peers in turn on the same features: seconds, peak memory, and the values, which must
# be equal. Needs python3 with numpy, scipy and scikit-learn, and a checkout of clovaai/generative-evaluation-prdc, which is
# not part of this repository.
#
#   benchmarks/compare_metrics.sh PRDC [PAIRS]
#   SHAPES="10000x2048" benchmarks/compare_metrics.sh PRDC      other numbers of samples and features
#   ALONE="50000x512" benchmarks/compare_metrics.sh PRDC        what the peer cannot hold: Autophage alone
#
# prdc measures float32 features in float32: a pair at the very edge of a ball may fall to its other side there, so that
# density may differ by a few counts in a million. PRECISION=float64 has it measure in float64, slower: then all are equal.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
prdc=${1:?"usage: benchmarks/compare_metrics.sh PRDC [PAIRS]: PRDC is a checkout of clovaai/generative-evaluation-prdc"}
pairs=${2:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The launcher's allocator settings.
export MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_MMAP_MAX_=0 MALLOC_ARENA_MAX=1

ours() {
    java -Xmx4g -Dai.djl.offline=true -cp "$here/../target/launcher/autophage.jar:$here/../target/lib/*" \
        "$here/java/MetricsTiming.java" "$1" "$2" 5
}

theirs() {
    PYTHONPATH=$prdc python3 "$here/python/metrics_timing.py" "$1" "$2" 5 "${PRECISION:-float32}" 2>/dev/null
}

# compare METRIC SHAPE
compare() {
    python3 "$here/python/features.py" "$work/features.npz" "${2%x*}" "${2#*x}"
    i=0
    while [ "$i" -lt "$pairs" ]; do
        echo "$1 $2 $(ours "$1" "$work/features.npz")"
        echo "$1 $2 $(theirs "$1" "$work/features.npz")"
        i=$((i + 1))
    done
}

"$here/../autophage" version # builds where that is needed
for shape in ${SHAPES:-10000x2048 20000x512}; do compare prdc "$shape"; done
compare frechet 10000x2048
for shape in ${ALONE:-}; do
    python3 "$here/python/features.py" "$work/features.npz" "${shape%x*}" "${shape#*x}"
    echo "prdc $shape $(ours prdc "$work/features.npz")"
done
