#!/bin/sh
# Autophage and eager PyTorch in turn, A B A B ..., with the same network, batch and machine; prints the ratio of
# throughputs pair by pair. Needs python3 with torch.
#
#   benchmarks/compare_training_step.sh [PAIRS] [BATCH]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
pairs=${1:-7}
batch=${2:-128}
spec=$here/../experiments/quickstart.yaml
ratios=$(mktemp)
trap 'rm -f "$ratios"' EXIT

images_per_second() { sed -n 's/.*"imagesPerSecond": *\([0-9.]*\).*/\1/p'; }

"$here/../autophage" version
python3 -c 'import torch; print("PyTorch", torch.__version__, "-", torch.get_num_threads(), "threads")'
i=0
while [ "$i" -lt "$pairs" ]; do
    ours=$("$here/../autophage" benchmark "$spec" dataset.size=28 model.batch="$batch" --steps 20 --json | images_per_second)
    theirs=$(python3 "$here/pytorch/training_step.py" --size 28 --batch "$batch" --steps 20 | images_per_second)
    ratio=$(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%.3f", a / b }')
    echo "Autophage $ours images/s   PyTorch $theirs images/s   ratio $ratio"
    echo "$ratio" >>"$ratios"
    i=$((i + 1))
done
sort -n "$ratios" | awk '{ r[NR] = $1 } END {
    median = NR % 2 ? r[(NR + 1) / 2] : (r[NR / 2] + r[NR / 2 + 1]) / 2
    printf "median ratio %.3f of %d pairs (%.3f to %.3f)\n", median, NR, r[1], r[NR] }'
