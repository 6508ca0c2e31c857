"""Writes N colour pictures of ten classes in every form that `kind: images` and `kind: npz` read.

    python3 benchmarks/formats.py FOLDER [N] [SIZE]      # needs NumPy, Pillow and pyarrow

What each takes to be opened: docs/performance.md, "Data in other forms".
"""
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet
from PIL import Image

CLASSES = ["apple", "bear", "castle", "dolphin", "elephant", "forest", "girl", "house", "iris", "jar"]


def pictures(count, size):
    rows, columns = numpy.mgrid[0:size, 0:size] / size
    for i in range(count):
        random = numpy.random.default_rng(i)
        label = int(random.integers(10))
        picture = numpy.zeros((size, size, 3))
        for _ in range(4):
            fx, fy, phase = random.uniform(-12, 12, 2).tolist() + [random.uniform(0, 6.3)]
            picture += random.uniform(10, 50, 3) * numpy.sin(fx * columns + fy * rows + phase)[..., None]
        top, left = random.integers(0, size // 2, 2)
        picture[top:top + size // 3, left:left + size // 4] += random.uniform(-120, 120, 3)
        picture += 128 + 10 * numpy.cos(label) + random.normal(0, 6, picture.shape)
        yield i, label, picture.clip(0, 255).astype(numpy.uint8)


def encoded(pixels, **options):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, **options)
    return out.getvalue()


def add(tar, name, data):
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def hub(rows):
    """A table as Hugging Face's library writes it."""
    image = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    notes = {"info": {"features": {"image": {"_type": "Image"}, "label": {"names": CLASSES, "_type": "ClassLabel"}}}}
    schema = pyarrow.schema([("image", image), ("label", pyarrow.int64())]).with_metadata({"huggingface": json.dumps(notes)})
    columns = [[{"bytes": data, "path": f"{i:05d}.jpg"} for i, _, data in rows], [label for _, label, _ in rows]]
    return pyarrow.table(columns, schema=schema)


def main():
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 96
    folder.mkdir(parents=True, exist_ok=True)
    formats = {"png": {"format": "PNG"}, "jpeg": {"format": "JPEG", "quality": 92}, "webp": {"format": "WEBP", "quality": 90},
               "bmp": {"format": "BMP"}, "tiff": {"format": "TIFF", "compression": "tiff_lzw"}}
    archive = numpy.empty((count, size, size, 3), numpy.uint8)
    labels, rows = numpy.empty(count, numpy.int64), []
    zipped = zipfile.ZipFile(folder / "jpeg.zip", "w")
    shards = [tarfile.open(folder / "shards" / f"shard-{k:06d}.tar", "w") for k in range(10)] if (
        folder / "shards").mkdir(exist_ok=True) is None else []
    packed = tarfile.open(folder / "jpeg.tar.gz", "w:gz", compresslevel=1)
    for form in formats:
        (folder / form).mkdir(exist_ok=True)
    table = ["file_name,label"]
    for i, label, pixels in pictures(count, size):
        archive[i], labels[i] = pixels, label
        for form, options in formats.items():
            extension = {"jpeg": "jpg", "tiff": "tif"}.get(form, form)
            data = encoded(pixels, **options)
            (folder / form / f"{i:05d}.{extension}").write_bytes(data)
            if form == "jpeg":
                rows.append((i, label, data))
                zipped.writestr(f"{CLASSES[label]}/{i:05d}.jpg", data)
                for tar in (shards[i * 10 // count], packed):
                    add(tar, f"{i:05d}.jpg", data)
                    add(tar, f"{i:05d}.cls", str(label).encode())
        table.append(f"{i:05d}.jpg,{CLASSES[label]}")
    for opened in [zipped, packed, *shards]:
        opened.close()
    (folder / "jpeg" / "labels.csv").write_text("\n".join(table) + "\n")
    whole = hub(rows)
    pyarrow.parquet.write_table(whole, folder / "hub.parquet", row_group_size=100)
    pyarrow.parquet.write_table(whole, folder / "one-group.parquet", compression="snappy")
    pyarrow.parquet.write_table(whole, folder / "zstd-v2.parquet", compression="zstd", data_page_version="2.0", row_group_size=1000)
    numpy.savez(folder / "guided.npz", archive, labels)


main()
