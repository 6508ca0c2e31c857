package org.autophage.data.store;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.autophage.base.Progress;
import org.autophage.data.Images;

/** Images in a form that takes long to read, such as compressed pictures: what an {@link ImageStore} is made from. */
public interface StoreSource {
    /** The file or folder that holds them; the store lies beside it. */
    Path place();

    /** In one line all settings that determine what the images become; with the content, this is the store's key. */
    String settings();

    /**
     * What tells in a moment whether the content has changed, see {@link SourceFingerprint}.
     *
     * @throws org.autophage.base.AutophageException (usage) if there is no content
     */
    String fingerprint();

    /** How many images there are, without looking into files: fewer if some are bad and left out. */
    int countAtMost();

    /**
     * Reads all images, in an order that is always the same.
     *
     * @param chunks gets them; all chunks together need not fit into the heap
     * @return how many files were left out
     */
    int read(Progress progress, Consumer<Images> chunks);

    /** What whoever opens the images has to know besides, a line each: what was passed over, why there are no classes. */
    default List<String> notes() {
        return List.of();
    }
}
