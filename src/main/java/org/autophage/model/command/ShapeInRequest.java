package org.autophage.model.command;

import org.autophage.data.SampleShape;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request says of samples. */
final class ShapeInRequest {
    private ShapeInRequest() {}

    /** Of images kind, size, channels and the names of classes; of points replicas and dimensions; of sequences replicas, vocabulary and length. */
    static void put(SampleShape shape, ObjectNode request) {
        shape.ofImages().ifPresent(images -> {
            request.put("kind", "images");
            request.put("size", images.size());
            request.put("channels", images.channels());
            ArrayNode classes = request.putArray("classes");
            images.classNames().all().forEach(classes::add);
        });
        shape.ofPoints().ifPresent(points -> {
            request.put("kind", "points");
            request.put("replicas", points.replicas());
            request.put("dimensions", points.dimensions());
        });
        shape.ofTokens().ifPresent(tokens -> {
            request.put("kind", "tokens");
            request.put("replicas", tokens.replicas());
            request.put("vocabulary", tokens.size());
            request.put("length", tokens.length());
            if (tokens.ends()) {
                request.put("end", tokens.end());
            }
        });
    }
}
