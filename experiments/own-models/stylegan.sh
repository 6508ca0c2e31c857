#!/bin/sh
# A model of one's own behind a command line like StyleGAN's. options.train and options.generate are its two commands, such as
# "python stylegan3/train.py --cfg=stylegan2 --gpus=1 --batch=32 --gamma=10 --kimg=1000" and "python stylegan3/gen_images.py".
# The contract is in docs/guide/own-models.md; model.data must be png.
set -e

# The snapshot of the highest number below a folder; nothing where there is none.
newest() {
    find "$1" -name 'network-snapshot-*.pkl' | awk -F/ '{ print $NF "\t" $0 }' | sort | tail -n 1 | cut -f 2
}

case $1 in
train)
    resume=$(newest "$JOB_CHECKPOINT") # of an attempt that was cut off
    if [ -z "$resume" ] && [ -n "$JOB_PREVIOUS" ]; then
        resume=$JOB_PREVIOUS/network.pkl
    fi
    # shellcheck disable=SC2086 # words of a command
    $JOB_OPTIONS_TRAIN --data="$JOB_DATA" --outdir="$JOB_CHECKPOINT" --seed="$JOB_SEED" ${resume:+--resume="$resume"}
    cp "$(newest "$JOB_CHECKPOINT")" "$JOB_MODEL/network.pkl"
    ;;
sample)
    first=$((1000000000 + JOB_SEED % 1000000000)) # ten digits, so that names are in the order of seeds
    last=$((first + JOB_COUNT - 1))
    # shellcheck disable=SC2086
    $JOB_OPTIONS_GENERATE --network="$JOB_MODEL/network.pkl" --outdir="$JOB_OUT" --seeds="$first-$last" --trunc="$JOB_BIAS"
    ;;
esac
