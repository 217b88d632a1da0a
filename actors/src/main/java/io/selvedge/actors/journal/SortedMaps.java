// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Reads the persistent maps of states, as any sorted map is read. */
final class SortedMaps extends Deserializers.Base {
    @Override
    public @Nullable JsonDeserializer<?> findMapDeserializer(
            MapType type,
            DeserializationConfig config,
            BeanDescription description,
            @Nullable KeyDeserializer keys,
            @Nullable TypeDeserializer types,
            @Nullable JsonDeserializer<?> values) {
        return type.hasRawClass(PSortedMap.class)
                ? new StdDelegatingDeserializer<>(new ToPersistent(type))
                : null;
    }

    private record ToPersistent(MapType type)
            implements Converter<SortedMap<Object, Object>, PSortedMap<Object, Object>> {
        @Override
        public PSortedMap<Object, Object> convert(SortedMap<Object, Object> map) {
            return TreePMap.fromSortedMap(map);
        }

        @Override
        public JavaType getInputType(TypeFactory factory) {
            return factory.constructMapType(
                    TreeMap.class, type.getKeyType(), type.getContentType());
        }

        @Override
        public JavaType getOutputType(TypeFactory factory) {
            return type;
        }
    }
}
