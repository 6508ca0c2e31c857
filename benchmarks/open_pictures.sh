#!/bin/sh
# What the first and the second opening of a dataset of pictures take: seconds, and the most memory, with a small heap. Makes
# pictures as many and as large as FFHQ's thumbnails in a temporary folder and deletes them; 70,000 need 5 GB of disk, 7 GB as PNG.
#
#   benchmarks/open_pictures.sh [COUNT] [SIZE] [png|jpg]
#   HEAP=128m benchmarks/open_pictures.sh        another heap than 256m
#   DATASET='{kind: cifar10}' benchmarks/open_pictures.sh     another dataset, none is made; its stores should not be there
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
count=${1:-70000}
size=${2:-128}
format=${3:-jpg}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export AUTOPHAGE_JAVA_OPTS="-Xmx${HEAP:-256m}"

"$here/../autophage" version
if [ -z "${DATASET:-}" ]; then
    java "$here/java/MakePictures.java" "$work/pictures" "$count" "$size" "$format"
    du -sh "$work/pictures"
    DATASET="{kind: images, path: $work/pictures, size: $size, holdout: 10000}"
fi
{
    echo "dataset: $DATASET"
    echo "metrics: {features: pixels}"
} >"$work/spec.yaml"
for opening in first second third; do
    echo "--- $opening opening"
    "$here/../autophage" data open "$work/spec.yaml"
done
for store in "$work"/*.images; do
    [ -e "$store" ] || continue
    echo "--- reading all of it"
    ls -l "$store"
    time "$here/../autophage" data check "$store"
done
