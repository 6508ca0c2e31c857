package org.autophage.model.command;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.Trust;
import org.autophage.base.WrongValue;
import org.autophage.command.ForeignProgram;
import org.autophage.command.ProgramCall;
import org.autophage.data.SampleKind;
import org.autophage.data.SampleShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model of one's own: a program in any language, which trains and samples as docs/guide/own-models.md says. */
@JsonClassDescription("A model of one's own: any program that trains and samples")
public record CommandModelSpec(
        @JsonPropertyDescription(
                        "The program and its arguments, a word each, such as [python3, train.py]; it is started with two more: train, or sample, and the file that says what is asked for. A program runs only with --trust, or if it is on the list of trusted ones")
                List<String> program,
        @JsonPropertyDescription(
                        "How it is given its training set: npz, one file of all samples, or png, a folder of pictures with dataset.json, as StyleGAN and EDM take it")
                TrainingFormat data,
        @JsonPropertyDescription(
                        "Whether it is asked for samples of a class each; it is told the labels of its training set in any case")
                boolean conditional,
        @JsonPropertyDescription("Seconds that a training may take, at least 1") int trainSeconds,
        @JsonPropertyDescription("Seconds that drawing sampling.chunk samples may take, at least 1") int sampleSeconds,
        @JsonPropertyDescription(
                        "Seconds that it has to keep what it needs and end, once it was asked to (SIGTERM), 0 to 3600; then it is killed")
                int stopSeconds,
        @JsonPropertyDescription("Whatever the program wants to know, handed on to it as it is") ObjectNode options)
        implements ModelSpec {
    static final String PROGRAM = "model.program";

    private static final int DAY = 86_400;

    public static final CommandModelSpec DEFAULTS = new CommandModelSpec(
            List.of(),
            TrainingFormat.NPZ,
            false,
            DAY,
            3_600,
            30,
            JsonMapper.shared().createObjectNode());

    public CommandModelSpec {
        program = List.copyOf(program);
        Checks.within("model.trainSeconds", trainSeconds, Range.atLeast(1));
        Checks.within("model.sampleSeconds", sampleSeconds, Range.atLeast(1));
        Checks.within("model.stopSeconds", stopSeconds, Range.wholeFrom(0, 3_600));
        options = options.deepCopy();
    }

    /** The program. */
    ForeignProgram command() {
        return new ForeignProgram(program);
    }

    ProgramCall training() {
        return new ProgramCall(PROGRAM, command(), trainSeconds, stopSeconds);
    }

    ProgramCall sampling() {
        return new ProgramCall(PROGRAM, command(), sampleSeconds, stopSeconds);
    }

    @Override
    public String kind() {
        return "command";
    }

    /** A start of the program draws them all. */
    @Override
    public int usualChunk() {
        return 1000;
    }

    @Override
    public boolean canFineTune() {
        return true;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    @Override
    public boolean canBeTimed() {
        return false;
    }

    @Override
    public boolean hasWeights() {
        return false;
    }

    @Override
    public boolean hasLikelihood(SampleShape shape) {
        return false;
    }

    @Override
    public boolean learnsLabels() {
        return conditional;
    }

    @Override
    public CommandModelSpec complete() {
        return this;
    }

    @Override
    public void check(SampleShape shape) {
        command().checkWords(PROGRAM);
        if (data == TrainingFormat.PNG && shape.kind() != SampleKind.IMAGES) {
            throw WrongValue.of("model.data", "png", "the dataset has %s: write npz".formatted(shape.describe()));
        }
        if (conditional && !shape.hasClasses()) {
            throw WrongValue.of("model.conditional", true, "the dataset has no classes to ask for; leave the key out");
        }
    }

    @Override
    public void checkPrograms(Trust trust) {
        command().check(PROGRAM, trust);
    }

    @Override
    public Optional<String> programHash() {
        return Optional.of(command().hash());
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        return new CommandFamily(this, device, shape, complete(sampling).chunk());
    }
}
