package org.autophage.spec;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads text, and refuses lists and mappings. Jackson's own reader of lists of text takes a list in such a list for the end of all, and
 * loses the keys behind it.
 */
final class PlainText extends StdScalarDeserializer<String> {
    PlainText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        return parser.currentToken().isScalarValue()
                ? StringDeserializer.instance.deserialize(parser, context)
                : (String) context.handleUnexpectedToken(getValueType(context), parser);
    }
}
