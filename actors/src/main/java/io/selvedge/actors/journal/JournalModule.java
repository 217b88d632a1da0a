// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.node.ReportId;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Hlc;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Report;
import io.selvedge.model.Role;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.report.Receipt;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;

/**
 * Jackson's view of the model: addresses, CIDRs, subjects, versions and keys are text, as they are
 * everywhere else; a signed record is its bytes, with what it says beside them for people to read.
 * Name it in {@code akka.serialization.jackson.jackson-modules}, as {@code entities.conf} does.
 */
public final class JournalModule extends SimpleModule {
    public JournalModule() {
        super("selvedge-journal");
        text(Bytes.class, Bytes::ofHex);
        text(Cidr.class, Cidr::parse);
        text(IpAddress.class, IpAddress::parse);
        text(RecordKey.class, RecordKey::ofHex);
        text(IkeKey.class, IkeKey::ofHex);
        text(Scope.class, Scope::parse);
        text(Subject.class, Subject::parse);
        text(Version.class, JournalModule::version);
        text(Role.class, name -> Role.valueOf(name.toUpperCase(Locale.ROOT)));
        text(ReportId.class, ReportId::parse);
        text(Hlc.class, Hlc::parse);
        addSerializer(new RecordSerializer());
        addDeserializer(SignedRecord.class, new RecordDeserializer());
    }

    /** What an actor system needs beside its own settings to write entities down. */
    public static Config settings() {
        return ConfigFactory.parseResources("entities.conf")
                .resolveWith(ConfigFactory.defaultReference());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new SortedMaps());
        context.setMixInAnnotations(EntityCommand.class, CommandNames.class);
        context.setMixInAnnotations(Report.class, ReportNames.class);
        context.setMixInAnnotations(Receipt.class, ReceiptNames.class);
    }

    private <T> void text(Class<T> type, Function<String, T> parse) {
        addSerializer(type, ToStringSerializer.instance);
        addKeySerializer(type, new TextKey());
        addDeserializer(type, new Text<>(type, parse));
        addKeyDeserializer(
                type,
                new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String key, DeserializationContext context) {
                        return parse.apply(key);
                    }
                });
    }

    private static Version version(String text) {
        int dot = text.indexOf('.');
        return new Version(
                Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
    }

    private static final class TextKey extends StdSerializer<Object> {
        TextKey() {
            super(Object.class);
        }

        @Override
        public void serialize(Object value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeFieldName(value.toString());
        }
    }

    private static final class Text<T> extends FromStringDeserializer<T> {
        private final transient Function<String, T> parse;

        Text(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }
}
