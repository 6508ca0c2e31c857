package org.autophage.metrics.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.Crc32;
import org.autophage.program.SafeTensors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A classifier on disk: {@code STEM.safetensors} (the flat weights) and {@code STEM.json} (its {@link ClassifierCard}),
 * written in this order, so that a card says that the weights are there.
 */
final class ClassifierFiles {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String WEIGHTS = "parameters";
    private static final String CHECKSUM = "checksum";

    private final Path weightsFile;
    private final Path cardFile;

    ClassifierFiles(Path folder, String stem) {
        weightsFile = folder.resolve(stem + ".safetensors");
        cardFile = folder.resolve(stem + ".json");
    }

    /** What the two files hold. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
    record Content(ClassifierCard card, float[] weights) {}

    /**
     * Writes both files whole.
     *
     * @throws AutophageException FAILED if the disk refuses
     */
    void write(Content content) {
        AtomicFiles.write(
                weightsFile,
                temporary ->
                        SafeTensors.write(temporary, Map.of(WEIGHTS, SafeTensors.FloatArray.of(content.weights()))));
        ObjectNode card = JSON.valueToTree(content.card());
        card.put(CHECKSUM, checksum(card));
        AtomicFiles.write(cardFile, temporary -> Files.write(temporary, JSON.writeValueAsBytes(card)));
    }

    /**
     * Reads both files.
     *
     * @return empty if there is no card
     * @throws CorruptException if there is one but the files do not hold what it says
     */
    Optional<Content> read() throws CorruptException {
        try {
            ClassifierCard card = readCard();
            SafeTensors.FloatArray array = SafeTensors.read(weightsFile).get(WEIGHTS);
            if (array == null || !ClassifierCard.hash(array.elements()).equals(card.weightsSha256())) {
                throw new CorruptException(weightsFile + " does not hold the weights of " + cardFile.getFileName());
            }
            return Optional.of(new Content(card, array.elements()));
        } catch (NoSuchFileException e) {
            if (e.getFile().equals(cardFile.toString())) {
                return Optional.empty();
            }
            throw new CorruptException(e.getFile() + " is missing");
        } catch (IOException e) {
            throw new CorruptException(e.toString());
        } catch (JacksonException e) {
            throw new CorruptException(cardFile + " is no card of a classifier");
        } catch (AutophageException e) {
            throw new CorruptException(String.valueOf(e.getMessage()));
        }
    }

    /** Cards of versions before 0.2 have no checksum. */
    private ClassifierCard readCard() throws IOException, CorruptException {
        if (!(JSON.readTree(Files.readAllBytes(cardFile)) instanceof ObjectNode card)) {
            throw new CorruptException(cardFile + " is no card of a classifier");
        }
        JsonNode said = card.remove(CHECKSUM);
        if (said != null && !said.asString("").equals(checksum(card))) {
            throw new CorruptException(cardFile + " is not what was written: its checksum is another one");
        }
        return JSON.treeToValue(card, ClassifierCard.class);
    }

    private static String checksum(ObjectNode card) {
        return Crc32.of(card.toString());
    }

    /** Files that are there but not whole; says which and why. */
    static final class CorruptException extends Exception {
        private static final long serialVersionUID = 1L;

        CorruptException(String message) {
            super(message);
        }
    }
}
