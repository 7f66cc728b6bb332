using IpMpsc.Schemas;

namespace IpMpsc.Tool.Headers;

/// <content>Writers: a struct of values, measured and laid out as every other implementation lays it out.</content>
internal sealed partial class CHeader
{
    private void WriteWriter(string name, List<(SchemaField Field, string Name)> members, ushort version)
    {
        _code.Add($"\n/* The values of a message. Set it to zeros first. What is NULL and has a length is left to be filled in place. */\ntypedef struct {name} {{");
        foreach ((SchemaField field, string member) in members)
        {
            SchemaType type = field.Type;
            string declared = !type.IsRange ? _types.Declare(type, member)
                : CTypes.IsText(type) ? $"ipmpsc_text {member}"
                : type.Kind == SchemaKind.Message ? $"const struct {_types.NameOf(type)} *{member}"
                : CTypes.IsList(type) ? $"struct {{ const struct {_types.NameOf(type.Element!)} *items; uint32_t count; }} {member}"
                : $"struct {{ {_types.DeclareItems(type, "*items")}; uint32_t count; }} {member}";
            _code.Add($"    {declared};{Remark(field)}");
        }

        _code.Add(
            $$"""
            } {{name}};

            /* Writes a message and gives its length; without a payload, it only measures. */
            static inline uint64_t {{name}}_put(const {{name}} *message, uint8_t *payload)
            {
                {{name}}_block block;
                uint64_t end = sizeof block;
                memset(&block, 0, sizeof block);
            """);
        foreach ((SchemaField field, string member) in members)
        {
            _code.Add(Put(field.Type, member));
        }

        _code.Add(
            $$"""
                if (payload != NULL) {
                    memcpy(payload, &block, sizeof block);
                }

                return end;
            }

            /* As a part of another message it is followed by its version. */
            static inline uint64_t {{name}}_put_nested(const {{name}} *message, uint8_t *payload)
            {
                const uint16_t version = {{version}};
                uint64_t length = {{name}}_put(message, payload);
                if (payload != NULL) {
                    memcpy(payload + length, &version, sizeof version);
                }

                return length + sizeof version;
            }

            /* Bytes to claim for a message; UINT32_MAX, which no channel takes, if they are more. */
            static inline uint32_t {{name}}_measure(const {{name}} *message)
            {
                uint64_t length = {{name}}_put(message, NULL);
                return length > UINT32_MAX ? UINT32_MAX : (uint32_t)length;
            }

            /* Writes a message into a claim of that many bytes. */
            static inline void {{name}}_write(const {{name}} *message, void *payload)
            {
                (void){{name}}_put(message, (uint8_t *)payload);
            }
            """);
    }

    private string Put(SchemaType type, string member)
    {
        string nullable = type.IsNullable ? "true" : "false";
        if (!type.IsRange)
        {
            return $"    memcpy(&block.{member}, &message->{member}, sizeof block.{member});";
        }

        if (CTypes.IsText(type))
        {
            return $"    block.{member} = ipmpsc_put(payload, &end, message->{member}.data, message->{member}.length, 1, {nullable});";
        }

        if (type.Kind == SchemaKind.Message)
        {
            return
                $$"""
                    if (message->{{member}} != NULL) {
                        ipmpsc_align(payload, &end, {{type.DataAlignment}});
                        block.{{member}}.offset = (uint32_t)end;
                        block.{{member}}.length = (uint32_t){{_types.NameOf(type)}}_put_nested(message->{{member}}, payload == NULL ? NULL : payload + end);
                        end += block.{{member}}.length;
                    }

                """;
        }

        if (CTypes.IsList(type))
        {
            SchemaType element = type.Element!;
            string isNull = type.IsNullable ? $"message->{member}.items != NULL || message->{member}.count > 0" : "true";
            return
                $$"""
                    if ({{isNull}}) {
                        block.{{member}} = ipmpsc_put(payload, &end, NULL, (uint64_t)message->{{member}}.count * sizeof(ipmpsc_range), 4, false);
                        for (uint32_t index = 0; index < message->{{member}}.count; index++) {
                            ipmpsc_range range;
                            ipmpsc_align(payload, &end, {{element.DataAlignment}});
                            range.offset = (uint32_t)end;
                            range.length = (uint32_t){{_types.NameOf(element)}}_put_nested(&message->{{member}}.items[index], payload == NULL ? NULL : payload + end);
                            end += range.length;
                            if (payload != NULL) {
                                memcpy(payload + block.{{member}}.offset + index * sizeof range, &range, sizeof range);
                            }
                        }
                    }

                """;
        }

        return Text(
            $"    block.{member} = ipmpsc_put(payload, &end, message->{member}.items, (uint64_t)message->{member}.count * {CTypes.ItemSize(type)}, {type.DataAlignment}, {nullable});");
    }
}
