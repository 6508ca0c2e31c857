package org.autophage.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One method of a {@link Program}, recorded op by op. Every op checks shapes as it is recorded, names its result, and
 * becomes one line of TorchScript; nothing is computed here.
 *
 * <p>A dimension of {@link #ANY} is not known until the method runs; it is meant for the batch.
 */
public final class Graph {
    /** A dimension that is known only when the method runs. */
    public static final long ANY = -1;

    private final String name;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final @Nullable Parameters parameters;
    private List<Value> results = List.of();
    private boolean differentiates;
    private int names;

    /** A method without trainable parameters. */
    public Graph(String name) {
        this.name = name;
        this.parameters = null;
    }

    /**
     * A method whose first input, {@code flat}, is the flat buffer of these parameters.
     *
     * @param parameters filled by {@link #parameter} while the method is recorded
     */
    public Graph(String name, Parameters parameters) {
        this.name = name;
        this.parameters = parameters;
        inputs.add("flat: Tensor");
    }

    public String name() {
        return name;
    }

    /** A tensor given by the caller. */
    public Value input(String inputName, long... dims) {
        inputs.add(inputName + ": Tensor");
        return new Value(this, inputName, dims);
    }

    /**
     * A list of one tensor given by the caller. In-place ops on lists made inside a method are removed by TorchScript as
     * dead code; on a list that came in they are kept. The value stands for the one element, {@code name[0]}.
     */
    public Value inputList(String inputName, long... dims) {
        inputs.add(inputName + ": List[Tensor]");
        return new Value(this, inputName + "[0]", dims);
    }

    /** A number given by the caller, as a float64 scalar in the CPU's memory, for the arguments of {@link #emit}. */
    public Scalar inputScalar(String inputName) {
        inputs.add(inputName + ": Tensor");
        lines.add("%s_number = float(%s)".formatted(inputName, inputName));
        return new Scalar(inputName + "_number");
    }

    /** A whole number given by the caller, as a float64 scalar in the CPU's memory, for the arguments of {@link #emit}. */
    public Scalar inputInteger(String inputName) {
        inputs.add(inputName + ": Tensor");
        lines.add("%s_number = int(%s)".formatted(inputName, inputName));
        return new Scalar(inputName + "_number");
    }

    /** A number given by the caller, as a value without dimensions that broadcasts against all others. */
    public Value inputNumber(String inputName) {
        return input(inputName);
    }

    /** The device that a value is on, for ops that make new tensors. */
    public Scalar device(Value value) {
        return new Scalar("ops.prim.device(" + value.name() + ")");
    }

    /** The size of one dimension, for {@link #ANY} where an op needs the number. */
    public Scalar size(Value value, int dimension) {
        return new Scalar("torch.size(%s, %d)".formatted(value.name(), dimension));
    }

    /** A trainable parameter: a view into the flat buffer. */
    public Value parameter(String parameterName, Initializer initializer, long... dims) {
        if (parameters == null) {
            throw new IllegalStateException("method " + name + " was made without parameters");
        }
        return new Value(this, parameters.add(parameterName, dims, initializer), dims);
    }

    /** A trainable parameter that an earlier method with the same parameters declared. */
    public Value parameter(String parameterName) {
        if (parameters == null) {
            throw new IllegalStateException("method " + name + " was made without parameters");
        }
        return new Value(this, parameters.view(parameterName), parameters.dims(parameterName));
    }

    /**
     * Records one op.
     *
     * @param dims shape of the result
     * @param function such as "torch.conv2d"
     * @param arguments values, scalars, numbers, booleans, strings, {@code long[]}, lists of values, null (None), or
     *     {@link Keyword}
     */
    public Value emit(long[] dims, String function, @Nullable Object... arguments) {
        String result = "v" + names++;
        lines.add("%s = %s(%s)".formatted(result, function, render(arguments)));
        return new Value(this, result, dims);
    }

    /** Records one op that gives several tensors. */
    public List<Value> emitTuple(List<long[]> dims, String function, @Nullable Object... arguments) {
        List<Value> values = new ArrayList<>();
        for (long[] one : dims) {
            values.add(new Value(this, "v" + names++, one));
        }
        String left = values.stream().map(value -> value.name() + ", ").collect(Collectors.joining());
        lines.add("%s= %s(%s)".formatted(left, function, render(arguments)));
        return List.copyOf(values);
    }

    /** Records an op for its effect on its arguments. */
    public void effect(String function, @Nullable Object... arguments) {
        lines.add("_e%d = %s(%s)".formatted(names++, function, render(arguments)));
    }

    /** Records a line as it stands, for what is no function call. */
    void line(String text) {
        lines.add(text);
    }

    /** Calls another method of the same program. */
    public Value call(long[] dims, String method, @Nullable Object... arguments) {
        return emit(dims, "(self)." + method, arguments);
    }

    /**
     * The gradient of a scalar with respect to one tensor, for a method that runs with autograd on.
     *
     * @param keepGraph whether the gradient itself can be differentiated again (double backward)
     */
    public Value gradient(Value scalar, Value with, boolean keepGraph) {
        differentiates = true;
        String list = "g" + names++;
        String maybe = "g" + names++;
        String sure = "g" + names++;
        lines.add("%s = torch.autograd.grad([%s], [%s], None, %s, %s)"
                .formatted(
                        list, scalar.name(), with.name(), keepGraph ? "True" : "None", keepGraph ? "True" : "False"));
        lines.add("%s = %s[0]".formatted(maybe, list));
        lines.add("if torch.__isnot__(%s, None):".formatted(maybe));
        lines.add("  %s = unchecked_cast(Tensor, %s)".formatted(sure, maybe));
        lines.add("else:");
        lines.add("  %s = torch.zeros_like(%s)".formatted(sure, with.name()));
        return new Value(this, sure, with.dims());
    }

    /** A copy of a tensor from which a gradient can be taken; the tensor itself stays as it is. */
    public Value differentiable(Value value) {
        differentiates = true;
        return emit(value.dims(), "torch.requires_grad_", emit(value.dims(), "torch.detach", value));
    }

    /** Ends the method; one value is returned as a tensor, several as a tuple. */
    public Graph returns(Value... values) {
        results = List.of(values);
        return this;
    }

    /** Whether the method has to run with autograd on. */
    boolean differentiates() {
        return differentiates;
    }

    /** The method as TorchScript, indented as a member of a class. */
    String script() {
        List<String> body = new ArrayList<>();
        if (parameters != null) {
            body.addAll(parameters.views());
        }
        body.addAll(lines);
        String type = results.size() == 1
                ? "Tensor"
                : "Tuple[" + results.stream().map(result -> "Tensor").collect(Collectors.joining(", ")) + "]";
        String values = results.stream().map(Value::name).collect(Collectors.joining(", "));
        body.add("return " + (results.size() == 1 ? values : "(" + values + ",)"));
        String arguments = inputs.stream().map(input -> ", " + input).collect(Collectors.joining());
        return "  def %s(self%s) -> %s:\n".formatted(name, arguments, type)
                + body.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }

    private static String render(@Nullable Object[] arguments) {
        return Arrays.stream(arguments).map(Graph::render).collect(Collectors.joining(", "));
    }

    private static String render(@Nullable Object argument) {
        if (argument == null) {
            return "None";
        } else if (argument instanceof Value value) {
            return value.name();
        } else if (argument instanceof Scalar scalar) {
            return scalar.expression();
        } else if (argument instanceof Keyword keyword) {
            return keyword.name() + "=" + render(keyword.argument());
        } else if (argument instanceof Boolean flag) {
            return flag ? "True" : "False";
        } else if (argument instanceof Double number) {
            return render(number.doubleValue());
        } else if (argument instanceof long[] numbers) {
            return Arrays.toString(numbers);
        } else if (argument instanceof List<?> list) {
            return list.stream().map(Graph::render).collect(Collectors.joining(", ", "[", "]"));
        } else if (argument instanceof ElementType type) {
            return Integer.toString(type.code());
        } else if (argument instanceof String text) {
            return '"' + text + '"';
        }
        return argument.toString();
    }

    private static String render(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "float(\"inf\")" : "float(\"-inf\")";
        }
        return String.format(Locale.ROOT, "%s", number);
    }

    /** A number that the caller gives when the method runs. */
    public record Scalar(String expression) {}

    /** An argument passed by name. */
    public record Keyword(String name, @Nullable Object argument) {}

    /** Element types, by libtorch's codes in serialized programs. */
    public enum ElementType {
        UINT8(0),
        INT64(4),
        FLOAT32(6),
        FLOAT64(7),
        BOOL(11),
        BFLOAT16(15);

        private final int code;

        ElementType(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
