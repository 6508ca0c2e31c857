package org.autophage.data.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pictures in tars, such as WebDataset's shards: in the order of the shards' names and of the entries. Entries whose
 * names are equal up to the first dot are one sample: its {@code .cls} has the label, or its {@code .json} under
 * {@code label}. Nothing is unpacked onto the disk, so that names in it reach no files.
 */
final class TarPictures extends SequentialPictures {
    private static final String CLS = "cls";
    private static final String JSON = "json";
    private static final String LABEL = "label";

    /** Largest entry with a label. */
    private static final int LARGEST_LABEL = 1 << 20;

    private final List<Path> shards;

    /** What a sample's picture is called behind the first dot; null where each has one. */
    private final @Nullable String part;

    private final List<String> names = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();

    /** The number of each shard's first picture, and in the end that of all. */
    private final int[] starts;

    /** By shard and sample, see {@link #key}. */
    private final Map<String, JsonNode> labels = new HashMap<>();

    private @Nullable Pass pass;

    TarPictures(Path root, List<Path> shards, @Nullable String part) {
        super(root);
        this.shards = shards;
        this.part = part;
        this.starts = new int[shards.size() + 1];
        for (int shard = 0; shard < shards.size(); shard++) {
            starts[shard] = names.size();
            index(shard);
        }
        starts[shards.size()] = names.size();
        Collections.sort(others);
        if (names.isEmpty()) {
            throw AutophageException.usage(
                    part == null
                            ? "%s has no pictures: must hold %s files".formatted(root, PictureNames.FORMATS)
                            : "%s has no pictures .%s, which dataset.pictureColumn asks for".formatted(root, part));
        }
    }

    /** Whether a file's name, in small letters, is that of a tar. */
    static boolean isNamedSo(String name) {
        return name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    private void index(int shard) {
        Set<String> before = new HashSet<>();
        try (TarReader tar = new TarReader(shards.get(shard))) {
            while (tar.next()) {
                String name = PictureNames.plain(tar.name());
                if (isPicture(tar, name)) {
                    if (!before.add(name)) {
                        throw AutophageException.usage("%s has two entries of the name %s: each must have its own"
                                .formatted(shards.get(shard), name));
                    }
                    names.add(name);
                } else if (!PictureNames.isHidden(name)) {
                    passOver(tar, name, shard);
                }
            }
        } catch (IOException e) {
            throw DiskErrors.cannotRead(shards.get(shard), e);
        }
    }

    private boolean isPicture(TarReader tar, String name) {
        return tar.isFile()
                && !PictureNames.isHidden(name)
                && PictureNames.isReadable(name)
                && (part == null || part.equals(behind(name)));
    }

    private void passOver(TarReader tar, String name, int shard) throws IOException {
        if (tar.isOddFile()) {
            odd.add(name);
        } else if (tar.isFile() && PictureNames.isOther(name)) {
            others.add(name);
        } else if (tar.isFile() && behind(name).equals(CLS)) {
            String text = new String(tar.bytes(LARGEST_LABEL), StandardCharsets.UTF_8);
            labels.put(key(shard, name), LabelValues.ofText(text));
        } else if (tar.isFile() && behind(name).equals(JSON) && tar.size() <= LARGEST_LABEL) {
            JsonNode label = json(tar.bytes(LARGEST_LABEL), name, shard).get(LABEL);
            if (label != null) {
                labels.putIfAbsent(key(shard, name), label);
            }
        }
    }

    private JsonNode json(byte[] bytes, String name, int shard) {
        try {
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw AutophageException.usage("%s:%s is no JSON".formatted(shards.get(shard), name));
        }
    }

    /** A sample: its shard, and the name up to the first dot that is in no folder's name. */
    private static String key(int shard, String name) {
        return shard + ":" + name.substring(0, name.length() - behind(name).length());
    }

    /** What a name has behind the first dot. */
    private static String behind(String name) {
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public String describe(int picture) {
        return shards.get(shard(picture)) + ":" + names.get(picture);
    }

    private int shard(int picture) {
        int shard = 0;
        while (starts[shard + 1] <= picture) {
            shard++;
        }
        return shard;
    }

    @Override
    public List<String> others() {
        return others;
    }

    @Override
    public String describeBeside(String name) {
        return root() + ":" + name;
    }

    @Override
    public List<String> notes(boolean withOthers) {
        List<String> notes = new ArrayList<>();
        if (withOthers && !others.isEmpty()) {
            notes.add(PictureNames.leftOut(root(), others));
        }
        if (!odd.isEmpty()) {
            notes.add("%s: %d links and sparse files, left out, such as %s".formatted(root(), odd.size(), odd.get(0)));
        }
        return notes;
    }

    @Override
    public Optional<PictureLabels> ownLabels(LabelKeys keys) {
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        LabelValues values = new LabelValues(root().toString());
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String key = key(shard(i), names.get(i));
            if (labels.containsKey(key) && !taken.add(key)) {
                throw AutophageException.usage(
                        "%s is the second picture of its sample: dataset.pictureColumn must say which, such as %s"
                                .formatted(describe(i), behind(names.get(i))));
            }
            values.addOrBad(labels.get(key), names.get(i));
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values.labels());
    }

    @Override
    void load(int from, int to, Take take) {
        Pass now = pass != null && pass.next == from ? pass : begin(from);
        while (now.next < to) {
            byte[] bytes = now.read();
            if (!take.picture(now.next - 1, bytes)) {
                return;
            }
        }
    }

    private Pass begin(int from) {
        close();
        Pass begun = new Pass(shard(from));
        while (begun.next < from) {
            begun.pass();
        }
        pass = begun;
        return begun;
    }

    @Override
    public void close() {
        if (pass != null) {
            pass.close();
            pass = null;
        }
    }

    /** A way through the pictures from a shard's first on. */
    private final class Pass {
        private int shard;
        private @Nullable TarReader tar;

        /** The picture that comes next. */
        private int next;

        Pass(int shard) {
            this.shard = shard - 1;
            this.next = starts[shard];
        }

        /** The next picture's bytes, at most one more than are read of one. */
        byte[] read() {
            try {
                return found().bytes(LARGEST + 1);
            } catch (IOException e) {
                throw DiskErrors.cannotRead(shards.get(shard), e);
            }
        }

        void pass() {
            try {
                found();
            } catch (IOException e) {
                throw DiskErrors.cannotRead(shards.get(shard), e);
            }
        }

        /** Goes to the next picture. */
        private TarReader found() throws IOException {
            while (true) {
                if (tar == null || next == starts[shard + 1]) {
                    close();
                    tar = new TarReader(shards.get(++shard));
                }
                TarReader now = Objects.requireNonNull(tar);
                while (now.next()) {
                    String name = PictureNames.plain(now.name());
                    if (isPicture(now, name)) {
                        if (!name.equals(names.get(next))) {
                            throw changed();
                        }
                        next++;
                        return now;
                    }
                }
                if (next != starts[shard + 1]) {
                    throw changed();
                }
            }
        }

        private AutophageException changed() {
            return AutophageException.failed("%s changes while it is read".formatted(shards.get(shard)));
        }

        void close() {
            if (tar != null) {
                tar.close();
                tar = null;
            }
        }
    }
}
